using System.Text.Json;
using System.Text.Json.Serialization;

namespace PodEngine.Shared.Jobs;

/// <summary>Reads and writes <see cref="ProgressDetail"/> as the queue's opaque progress detail.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ProgressDetail))]
public sealed partial class ProgressDetailJson : JsonSerializerContext
{
    /// <summary>The counts as compact JSON.</summary>
    public static string Write(ProgressDetail detail) => JsonSerializer.Serialize(detail, Default.ProgressDetail);

    /// <summary>Reads what <see cref="Write"/> wrote; null for null and for text that is no progress detail.</summary>
    public static ProgressDetail? Read(string? text)
    {
        if (text is null)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(text, Default.ProgressDetail);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
