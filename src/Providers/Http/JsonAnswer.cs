using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace PodEngine.Providers.Http;

/// <summary>Reads JSON answers.</summary>
internal static class JsonAnswer
{
    /// <exception cref="JsonException">Not JSON of that shape, or null.</exception>
    public static T Read<T>(ProviderReply reply, JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(reply.Body.Span, type) ?? throw new JsonException("The answer is null.");

    /// <exception cref="JsonException">Not a JSON object.</exception>
    public static JsonElement ReadObject(ReadOnlyMemory<byte> body)
    {
        using var document = JsonDocument.Parse(body);
        return document.RootElement.ValueKind == JsonValueKind.Object
            ? document.RootElement.Clone()
            : throw new JsonException($"The answer is {document.RootElement.ValueKind}, not an object.");
    }

    /// <summary>A text member; null when it is missing or no text.</summary>
    public static string? Text(this JsonElement element, string name) => element.Member(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    /// <summary>A whole number; null when it is missing or none.</summary>
    public static long? Number(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out long value) ? value : null;

    /// <summary>A member of an object; null when there is none.</summary>
    public static JsonElement? Member(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : null;
}
