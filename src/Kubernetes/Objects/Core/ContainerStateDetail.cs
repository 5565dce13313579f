using System.Text.Json.Serialization;

namespace PodEngine.Kubernetes.Objects.Core;

/// <summary>What is known of a container's state.</summary>
public sealed record ContainerStateDetail
{
    /// <summary>Why, as one word.</summary>
    public string? Reason { get; init; }

    /// <summary>Why, for people.</summary>
    public string? Message { get; init; }

    /// <summary>How the process ended; only when terminated.</summary>
    public int? ExitCode { get; init; }

    /// <summary>When the run began.</summary>
    [JsonConverter(typeof(KubernetesTimeConverter))]
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When the run ended.</summary>
    [JsonConverter(typeof(KubernetesTimeConverter))]
    public DateTimeOffset? FinishedAt { get; init; }
}
