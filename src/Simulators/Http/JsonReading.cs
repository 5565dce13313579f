using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PodEngine.Simulators.Http;

/// <summary>Reads free-form JSON without throwing on values of another kind.</summary>
internal static class JsonReading
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string? Text(this JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    public static bool? Flag(this JsonNode? node) => node is JsonValue value && value.TryGetValue<bool>(out var flag) ? flag : null;

    public static long? Whole(this JsonNode? node) =>
        NumberText(node) is { } text && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static double? Real(this JsonNode? node) =>
        NumberText(node) is { } text && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static IEnumerable<JsonNode?> Items(this JsonNode? node) => node as JsonArray ?? [];

    public static IEnumerable<string> Texts(this JsonNode? node) => node.Items().Select(item => item.Text()).OfType<string>();

    public static JsonArray ToJsonArray(this IEnumerable<JsonNode?> nodes) => new([.. nodes]);

    public static JsonArray ToTextArray(this IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode?)text)]);

    /// <summary>The text as it goes over the wire: only what JSON asks for is escaped.</summary>
    public static string ToWire(this JsonNode node) => node.ToJsonString(Relaxed);

    // A value may be backed by parsed text or by any .NET number; its text is the same for both.
    private static string? NumberText(JsonNode? node) => node?.GetValueKind() == JsonValueKind.Number ? node.ToJsonString() : null;
}
