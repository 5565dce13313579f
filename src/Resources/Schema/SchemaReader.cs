using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace PodEngine.Resources.Schema;

/// <summary>Reads a schema as it stands in a custom resource definition.</summary>
internal static class SchemaReader
{
    /// <summary>The schema a JSON object describes.</summary>
    public static SchemaNode Read(JsonObject schema) => new()
    {
        Description = (string?)schema["description"],
        Type = (string?)schema["type"],
        Nullable = (bool?)schema["nullable"] ?? false,
        PreserveUnknown = (bool?)schema["x-kubernetes-preserve-unknown-fields"] ?? false,
        IntOrString = (bool?)schema["x-kubernetes-int-or-string"] ?? false,
        Default = schema["default"]?.DeepClone(),
        Properties = (schema["properties"] as JsonObject ?? []).ToDictionary(
            static each => each.Key, static each => Read((JsonObject)each.Value!), StringComparer.Ordinal),
        Required = Words(schema["required"]),
        AdditionalProperties = schema["additionalProperties"] is JsonObject values ? Read(values) : null,
        Items = schema["items"] is JsonObject items ? Read(items) : null,
        Enum = Words(schema["enum"]),
        Minimum = Number(schema["minimum"]),
        Maximum = Number(schema["maximum"]),
        MultipleOf = Number(schema["multipleOf"]),
        MinLength = (int?)schema["minLength"],
        MaxLength = (int?)schema["maxLength"],
        MinItems = (int?)schema["minItems"],
        MaxItems = (int?)schema["maxItems"],
        MaxProperties = (int?)schema["maxProperties"],
        PatternText = (string?)schema["pattern"],
        Pattern = (string?)schema["pattern"] is { } pattern ? Compile(pattern) : null,
        Format = (string?)schema["format"],
        ListType = (string?)schema["x-kubernetes-list-type"],
        ListMapKeys = Words(schema["x-kubernetes-list-map-keys"]),
        Rules = [.. (schema["x-kubernetes-validations"] as JsonArray ?? []).Select(
            static rule => new SchemaRule((string)rule!["rule"]!, (string)rule["message"]!))],
    };

    private static decimal? Number(JsonNode? value) => value is null ? null : decimal.Parse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture);

    private static string[] Words(JsonNode? list) => [.. (list as JsonArray ?? []).Select(static each => (string)each!)];

    /// <summary>
    /// The API server's patterns are RE2's, where <c>$</c> is the very end and <c>\s</c> is ASCII; .NET lets a line feed follow <c>$</c> and counts
    /// more as white. Like RE2, matching takes linear time.
    /// </summary>
    private static Regex Compile(string pattern)
    {
        var end = pattern.EndsWith('$') ? string.Concat(pattern.AsSpan(0, pattern.Length - 1), @"\z") : pattern;
        return new Regex(end.Replace(@"\s", @"\t\n\f\r ", StringComparison.Ordinal), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
    }
}
