using System.Text.Json;
using System.Text.Json.Serialization;

namespace PodEngine.Resources.WorkerPools;

/// <summary>Reads quantities by name, written as text or as bare numbers (<c>cpu: 2</c>), into text; writes text.</summary>
internal sealed class QuantityMapConverter : JsonConverter<IReadOnlyDictionary<string, string>>
{
    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            throw new JsonException("Quantities are an object of resource names.");
        }

        return document.RootElement.EnumerateObject().ToDictionary(static each => each.Name, static each => Text(each.Value), StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, IReadOnlyDictionary<string, string> value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var (name, quantity) in value)
        {
            writer.WriteString(name, quantity);
        }

        writer.WriteEndObject();
    }

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Number => value.GetRawText(),
        _ => throw new JsonException("A quantity is a text or a number."),
    };
}
