using System.Text.Json;
using System.Text.Json.Serialization;

namespace PodEngine.Shared.Jobs;

/// <summary>Reads and writes <see cref="JobSnapshot"/> as the queue's argument text.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(JobSnapshot))]
public sealed partial class JobSnapshotJson : JsonSerializerContext
{
    /// <summary>The snapshot as compact JSON.</summary>
    public static string Write(JobSnapshot snapshot) => JsonSerializer.Serialize(snapshot, Default.JobSnapshot);

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="JsonException">The text is not a job snapshot.</exception>
    public static JobSnapshot Read(string text) =>
        JsonSerializer.Deserialize(text, Default.JobSnapshot) ?? throw new JsonException("A job snapshot is an object, not null.");
}
