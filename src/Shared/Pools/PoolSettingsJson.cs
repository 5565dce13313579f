using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace PodEngine.Shared.Pools;

/// <summary>Reads and writes <see cref="PoolSettings"/>; the same settings always give the same text.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(PoolSettings))]
public sealed partial class PoolSettingsJson : JsonSerializerContext
{
    /// <summary>The settings as compact JSON.</summary>
    public static string Write(PoolSettings settings) => JsonSerializer.Serialize(settings, Default.PoolSettings);

    /// <summary>Reads what <see cref="Write"/> wrote, or what a person did: what is left out has its default.</summary>
    /// <exception cref="JsonException">The text is not pool settings; the message names the place.</exception>
    public static PoolSettings Read(string text)
    {
        // Generated readers give left-out members of types with init properties the value zero, not the initializer's.
        var given = JsonNode.Parse(text, new JsonNodeOptions { PropertyNameCaseInsensitive = true }) as JsonObject
            ?? throw new JsonException("Pool settings are a JSON object.");
        AddMissing(given, JsonSerializer.SerializeToNode(new PoolSettings { InstallationId = System.Guid.Empty, Namespace = "", Pool = "" }, Default.PoolSettings), "installationId", "namespace", "pool");
        if (given["storage"]?["s3"] is JsonObject bucket)
        {
            AddMissing(bucket, JsonSerializer.SerializeToNode(new S3Settings { Bucket = "" }, Default.S3Settings), "bucket");
        }

        return given.Deserialize(Default.PoolSettings) ?? throw new JsonException("Pool settings are a JSON object.");
    }

    private static void AddMissing(JsonObject given, JsonNode? defaults, params ReadOnlySpan<string> required)
    {
        foreach (var (name, value) in defaults!.AsObject())
        {
            if (!given.ContainsKey(name) && !required.Contains(name))
            {
                given[name] = value?.DeepClone();
            }
        }
    }
}
