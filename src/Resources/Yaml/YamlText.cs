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
            stream.Load(new MergingParser(new Parser(new StringReader(text))));
        }
        catch (YamlException fault)
        {
            throw new YamlTextException((int)fault.Start.Line, $"not YAML: {fault.Message}");
        }

        return [.. stream.Documents.Select(static each => Convert(each.RootNode)).OfType<YamlDocument>()];
    }

    private static YamlDocument? Convert(YamlNode root)
    {
        var conversion = new Conversion();
        var json = conversion.Convert(root, "", 0);
        return json is null ? null : new YamlDocument(json, (int)root.Start.Line, conversion.Lines);
    }

    private sealed class Conversion
    {
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
            foreach (var (key, value) in mapping.Children)
            {
                var name = (key as YamlScalarNode)?.Value ?? throw new YamlTextException((int)key.Start.Line, "a key must be a word");
                var child = path.Length == 0 ? name : $"{path}.{name}";
                result[name] = Convert(value, child, depth + 1);
                Lines[child] = (int)key.Start.Line;
            }

            return result;
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
