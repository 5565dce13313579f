using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace PodEngine.Shared.Jobs;

/// <summary>Reads and writes <see cref="JobSnapshot"/> as the queue's argument text.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(JobSnapshot))]
public sealed partial class JobSnapshotJson : JsonSerializerContext
{
    private static readonly Lazy<JsonTypeInfo<JobSnapshot>> Reading = new(CreateReading);

    /// <summary>The snapshot as compact JSON.</summary>
    public static string Write(JobSnapshot snapshot) => JsonSerializer.Serialize(snapshot, Default.JobSnapshot);

    /// <summary>Reads what <see cref="Write"/> wrote, of this version or of an older one: what is left out has its default.</summary>
    /// <exception cref="JsonException">The text is not a job snapshot.</exception>
    public static JobSnapshot Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, Reading.Value) ?? throw new JsonException("A job snapshot is an object, not null.");
        }
        catch (NotSupportedException unknown)
        {
            // What System.Text.Json says of work that names no kind.
            throw new JsonException(unknown.Message, unknown);
        }
    }

    private static JsonTypeInfo<JobSnapshot> CreateReading() => JsonReading.KeepingInitializers<JobSnapshot>(Default.Options);
}
