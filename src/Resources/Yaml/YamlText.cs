using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace PodEngine.Resources.Yaml;

/// <summary>Reads YAML (and so JSON) into JSON with the lines of its fields.</summary>
internal static class YamlText
{
    /// <summary>Most nodes of a document once aliases are written out: a small text can otherwise become gigabytes.</summary>
    private const int MaxNodes = 100_000;

    /// <summary>Deepest nesting, which also ends a document that contains itself by an alias.</summary>
    private const int MaxDepth = 64;

    /// <summary>The documents of a text that are not empty.</summary>
    /// <exception cref="YamlTextException">The text is not YAML.</exception>
    public static IReadOnlyList<YamlDocument> ReadAll(string text)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(text));
        }
        catch (YamlException fault)
        {
            // A text that ends too early is at fault in its last line, not in the one after it.
            throw new YamlTextException(Math.Min((int)fault.Start.Line, text.AsSpan().TrimEnd('\n').Count('\n') + 1), $"not YAML: {fault.Message}");
        }

        return [.. stream.Documents.Select(static each => Convert(each.RootNode)).OfType<YamlDocument>()];
    }

    private static YamlDocument? Convert(YamlNode root)
    {
        var conversion = new Conversion();
        var json = conversion.Convert(root, "", 0);

        // Parsed once more, because a number made in code converts to its own type alone, a parsed one to any that holds it.
        return json is null ? null : new YamlDocument(JsonNode.Parse(json.ToJsonString())!, (int)root.Start.Line, conversion.Lines);
    }

    private sealed class Conversion
    {
        private const string MergeKey = "<<";

        private int nodes;

        public Dictionary<string, int> Lines { get; } = new(StringComparer.Ordinal);

        public JsonNode? Convert(YamlNode node, string path, int depth)
        {
            if (++nodes > MaxNodes || depth > MaxDepth)
            {
                throw new YamlTextException((int)node.Start.Line, $"a manifest has at most {MaxNodes} values in {MaxDepth} levels");
            }

            if (path.Length > 0)
            {
                Lines[path] = (int)node.Start.Line;
            }

            return node switch
            {
                YamlMappingNode mapping => ConvertMapping(mapping, path, depth),
                YamlSequenceNode sequence => ConvertSequence(sequence, path, depth),
                YamlScalarNode scalar => YamlScalar.ToJson(scalar.Value ?? "", scalar.Style == ScalarStyle.Plain && !IsText(scalar)),
                _ => throw new YamlTextException((int)node.Start.Line, "an alias points to nothing"),
            };
        }

        private static bool IsText(YamlScalarNode scalar) => !scalar.Tag.IsEmpty && scalar.Tag.Value == "tag:yaml.org,2002:str";

        private JsonObject ConvertMapping(YamlMappingNode mapping, string path, int depth)
        {
            var result = new JsonObject();
            if (mapping.Children.TryGetValue(MergeKey, out var sources))
            {
                Merge(result, sources, path, depth);
            }

            foreach (var (key, value) in mapping.Children)
            {
                var name = (key as YamlScalarNode)?.Value ?? throw new YamlTextException((int)key.Start.Line, "a key must be a word");
                if (name == MergeKey)
                {
                    continue;
                }

                var child = path.Length == 0 ? name : $"{path}.{name}";
                result[name] = Convert(value, child, depth + 1);
                Lines[child] = (int)key.Start.Line;
            }

            return result;
        }

        /// <summary>
        /// Takes over what other mappings have; the fields of this one come on top, and an earlier source before a later one. Done here and not by YamlDotNet's MergingParser, which never ends on a mapping that merges
        /// itself.
        /// </summary>
        private void Merge(JsonObject result, YamlNode sources, string path, int depth)
        {
            foreach (var source in sources is YamlSequenceNode list ? list.Children : [sources])
            {
                if (Convert(source, path, depth + 1) is not JsonObject fields)
                {
                    throw new YamlTextException((int)source.Start.Line, "only an object can be merged into another");
                }

                foreach (var (name, value) in fields)
                {
                    result.TryAdd(name, value?.DeepClone());
                }
            }
        }

        private JsonArray ConvertSequence(YamlSequenceNode sequence, string path, int depth)
        {
            var result = new JsonArray();
            foreach (var item in sequence.Children)
            {
                result.Add(Convert(item, $"{path}[{result.Count}]", depth + 1));
            }

            return result;
        }
    }
}
