using System.Text.Json.Nodes;
using PodEngine.Simulators.Http;

namespace PodEngine.Simulators.Claude;

/// <summary>Makes a value that fits a JSON schema: plausible words by the names of properties, the outermost array as long as asked.</summary>
internal sealed class SchemaText(JsonObject root, DesignWords words, int count, bool equalItems)
{
    /// <summary>Items written into the outermost array.</summary>
    public int Items { get; private set; }

    public JsonNode? Write() => Write(root, "", 0, [], inArray: false);

    private JsonNode? Write(JsonObject schema, string name, int index, string[] references, bool inArray)
    {
        if (schema["$ref"].Text() is { } reference)
        {
            return SchemaRules.Resolve(root, reference) is { } target && references.Count(known => known == reference) < 2
                ? Write(target, name, index, [.. references, reference], inArray)
                : null;
        }

        if (schema.TryGetPropertyValue("const", out var constant))
        {
            return constant?.DeepClone();
        }

        if (schema["enum"] is JsonArray { Count: > 0 } choices)
        {
            return choices[index % choices.Count]?.DeepClone();
        }

        if (schema["anyOf"].Items().Concat(schema["allOf"].Items()).OfType<JsonObject>().FirstOrDefault(arm => arm["type"].Text() != "null") is { } arm)
        {
            return Write(arm, name, index, references, inArray);
        }

        return SchemaRules.TypeOf(schema) switch
        {
            "object" => WriteObject(schema, index, references, inArray),
            "array" => WriteArray(schema, name, index, references, inArray),
            "integer" => (long)Math.Clamp(index + 1, schema["minimum"].Real() ?? 0, schema["maximum"].Real() ?? 1_000_000),
            "number" => Math.Clamp(0.5 + (index * 0.1), schema["minimum"].Real() ?? 0, schema["maximum"].Real() ?? 1_000_000),
            "boolean" => index % 2 == 0,
            "null" => null,
            _ => Shorten(words.For(name, equalItems ? 0 : index), schema),
        };
    }

    private JsonObject WriteObject(JsonObject schema, int index, string[] references, bool inArray)
    {
        var value = new JsonObject();
        foreach (var (name, property) in schema["properties"] as JsonObject ?? [])
        {
            value[name] = property is JsonObject inner ? Write(inner, name, index, references, inArray) : null;
        }

        return value;
    }

    private JsonArray WriteArray(JsonObject schema, string name, int index, string[] references, bool inArray)
    {
        var isWordList = inArray || name.Contains("tag", StringComparison.OrdinalIgnoreCase) || name.Contains("keyword", StringComparison.OrdinalIgnoreCase);
        var length = isWordList ? 5 : count;
        if (schema["maxItems"].Whole() is { } most)
        {
            length = (int)Math.Min(length, most);
        }

        if (!isWordList)
        {
            Items = Math.Max(Items, length);
        }

        var items = schema["items"] as JsonObject ?? new JsonObject { ["type"] = "string" };
        return Enumerable.Range(0, length)
            .Select(item => Write(items, isWordList ? $"{name}[]" : name, isWordList ? (index * 7) + item : item, references, inArray: true))
            .ToJsonArray();
    }

    private static string Shorten(string text, JsonObject schema) =>
        schema["maxLength"].Whole() is { } most && text.Length > most ? text[..(int)most] : text;
}
