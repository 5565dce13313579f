using System.Text.Json.Serialization;

namespace PodEngine.Kubernetes.Objects.Coordination;

/// <summary>Who holds a lease; times have microseconds.</summary>
public sealed record LeaseSpec
{
    /// <summary>The holder; null or empty when it is free.</summary>
    public string? HolderIdentity { get; init; }

    /// <summary>Seconds after the last observed renewal at which others may take it.</summary>
    public int? LeaseDurationSeconds { get; init; }

    /// <summary>When the holder took it, by the holder's clock.</summary>
    [JsonConverter(typeof(MicroTimeConverter))]
    public DateTimeOffset? AcquireTime { get; init; }

    /// <summary>When the holder renewed it last, by the holder's clock.</summary>
    [JsonConverter(typeof(MicroTimeConverter))]
    public DateTimeOffset? RenewTime { get; init; }

    /// <summary>How often it changed hands.</summary>
    public int? LeaseTransitions { get; init; }
}
