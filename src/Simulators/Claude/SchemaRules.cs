using System.Text.Json.Nodes;
using PodEngine.Simulators.Http;

namespace PodEngine.Simulators.Claude;

/// <summary>What a schema for structured output must look like (https://platform.claude.com/docs/en/build-with-claude/structured-outputs).</summary>
internal static class SchemaRules
{
    private static readonly string[] Unsupported =
    [
        "minLength", "maxLength", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "maxItems", "uniqueItems",
        "minProperties", "maxProperties", "patternProperties", "if", "not", "oneOf",
    ];

    public static string? FindFault(JsonObject schema, bool refuseKeywords) => FindFault(schema, "$", schema, refuseKeywords, []);

    private static string? FindFault(JsonObject schema, string path, JsonObject root, bool refuseKeywords, string[] references)
    {
        if (refuseKeywords && Unsupported.FirstOrDefault(schema.ContainsKey) is { } keyword)
        {
            return $"{path}: the keyword '{keyword}' is not supported";
        }

        if (schema["$ref"].Text() is { } reference)
        {
            return references.Contains(reference)
                ? refuseKeywords ? $"{path}: recursive schemas are not supported" : null
                : Resolve(root, reference) is { } target
                    ? FindFault(target, path, root, refuseKeywords, [.. references, reference])
                    : $"{path}: {reference} is not defined";
        }

        if (TypeOf(schema) == "object" && schema["additionalProperties"].Flag() is not false)
        {
            return $"{path}: for 'object' type, 'additionalProperties' must be explicitly set to false";
        }

        return Children(schema)
            .Select(child => FindFault(child.Schema, $"{path}.{child.Name}", root, refuseKeywords, references))
            .FirstOrDefault(fault => fault is not null);
    }

    /// <summary>The schema a local reference points at.</summary>
    public static JsonObject? Resolve(JsonObject root, string reference)
    {
        JsonNode? node = root;
        foreach (var part in reference.TrimStart('#').Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            node = (node as JsonObject)?[part];
        }

        return node as JsonObject;
    }

    /// <summary>The type, the first that is not null when there are several.</summary>
    public static string? TypeOf(JsonObject schema) =>
        schema["type"].Text() ?? schema["type"].Texts().FirstOrDefault(type => type != "null") ?? (schema.ContainsKey("properties") ? "object" : null);

    private static IEnumerable<(string Name, JsonObject Schema)> Children(JsonObject schema)
    {
        var named = (schema["properties"] as JsonObject ?? []).Select(pair => (pair.Key, pair.Value));
        var unions = schema["anyOf"].Items().Concat(schema["allOf"].Items()).Select((item, index) => ($"anyOf[{index}]", item));
        return named.Append(("items", schema["items"])).Concat(unions)
            .Where(child => child.Item2 is JsonObject)
            .Select(child => (child.Item1, (JsonObject)child.Item2!));
    }
}
