using System.Text.Json.Serialization;

namespace PodEngine.Resources.WorkerPools;

/// <summary>Resources of one worker: quantities such as <c>500m</c> or <c>1Gi</c> by resource name.</summary>
public sealed record WorkerResources
{
    /// <summary>What is set aside, at most 16.</summary>
    [JsonConverter(typeof(QuantityMapConverter))]
    public IReadOnlyDictionary<string, string>? Requests { get; init; }

    /// <summary>What may be used at most, at most 16.</summary>
    [JsonConverter(typeof(QuantityMapConverter))]
    public IReadOnlyDictionary<string, string>? Limits { get; init; }
}
