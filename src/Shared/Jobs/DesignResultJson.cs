using System.Text.Json;
using System.Text.Json.Serialization;

namespace PodEngine.Shared.Jobs;

/// <summary>Reads and writes <see cref="DesignResult"/> as the queue's result text.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DesignResult))]
public sealed partial class DesignResultJson : JsonSerializerContext
{
    /// <summary>The result as compact JSON.</summary>
    public static string Write(DesignResult result) => JsonSerializer.Serialize(result, Default.DesignResult);

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="JsonException">The text is not a design result.</exception>
    public static DesignResult Read(string text) =>
        JsonSerializer.Deserialize(text, Default.DesignResult) ?? throw new JsonException("A design result is an object, not null.");
}
