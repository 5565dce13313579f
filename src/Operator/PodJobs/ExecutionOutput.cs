using System.Text.Json;
using PodEngine.Resources.PodJobs;

namespace PodEngine.Operator.PodJobs;

/// <summary>Reads where an execution's output lies from its job's result: <c>{"output":{"uri":…,"sha256":…,"bytes":…}}</c>.</summary>
internal static class ExecutionOutput
{
    /// <summary>The reference, or null where the result names none.</summary>
    public static OutputReference? Read(string? result)
    {
        if (result is null)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(result);
            return document.RootElement is { ValueKind: JsonValueKind.Object } root
                && root.TryGetProperty("output", out var output) && output.ValueKind == JsonValueKind.Object
                && Text(output, "uri") is { } uri
                ? new OutputReference { Uri = uri, Sha256 = Text(output, "sha256"), Bytes = Number(output, "bytes") }
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static long? Number(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.TryGetInt64(out var number) ? number : null;
}
