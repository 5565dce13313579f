using System.Text.Json;
using System.Text.Json.Nodes;

namespace PodEngine.Simulators.Http;

/// <summary>Reads free-form JSON without throwing on values of another kind.</summary>
internal static class JsonReading
{
    public static string? Text(this JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    public static bool? Flag(this JsonNode? node) => node is JsonValue value && value.TryGetValue<bool>(out var flag) ? flag : null;

    public static long? Whole(this JsonNode? node) =>
        node is JsonValue value && value.GetValueKind() == JsonValueKind.Number && value.TryGetValue<long>(out var number) ? number : null;

    public static double? Real(this JsonNode? node) =>
        node is JsonValue value && value.GetValueKind() == JsonValueKind.Number && value.TryGetValue<double>(out var number) ? number : null;

    public static IEnumerable<JsonNode?> Items(this JsonNode? node) => node as JsonArray ?? [];

    public static IEnumerable<string> Texts(this JsonNode? node) => node.Items().Select(item => item.Text()).OfType<string>();

    public static JsonArray ToJsonArray(this IEnumerable<JsonNode?> nodes) => new([.. nodes]);

    public static JsonArray ToTextArray(this IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode?)text)]);
}
