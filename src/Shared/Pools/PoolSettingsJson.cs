using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace PodEngine.Shared.Pools;

/// <summary>Reads and writes <see cref="PoolSettings"/>; the same settings always give the same text.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(PoolSettings))]
public sealed partial class PoolSettingsJson : JsonSerializerContext
{
    private static readonly Lazy<JsonTypeInfo<PoolSettings>> Reading = new(CreateReading);

    /// <summary>The settings as compact JSON.</summary>
    public static string Write(PoolSettings settings) => JsonSerializer.Serialize(settings, Default.PoolSettings);

    /// <summary>Reads what <see cref="Write"/> wrote, or what a person did: what is left out has its default.</summary>
    /// <exception cref="JsonException">The text is not pool settings; the message names the place.</exception>
    public static PoolSettings Read(string text) =>
        JsonSerializer.Deserialize(text, Reading.Value) ?? throw new JsonException("Pool settings are a JSON object.");

    private static JsonTypeInfo<PoolSettings> CreateReading() => JsonReading.KeepingInitializers<PoolSettings>(Default.Options);
}
