using System.Text.Json.Serialization;

namespace PodEngine.Kubernetes.Objects.Core;

/// <summary>State of a pod.</summary>
public sealed record PodStatus
{
    /// <summary><c>Pending</c>, <c>Running</c>, <c>Succeeded</c>, <c>Failed</c> or <c>Unknown</c>.</summary>
    public string? Phase { get; init; }

    /// <summary>Why, as one word, such as <c>Evicted</c>.</summary>
    public string? Reason { get; init; }

    /// <summary>Why, for people.</summary>
    public string? Message { get; init; }

    /// <summary>Observed aspects, such as <c>Ready</c>.</summary>
    public IReadOnlyList<PodCondition>? Conditions { get; init; }

    /// <summary>Address of the pod.</summary>
    public string? PodIP { get; init; }

    /// <summary>One per container.</summary>
    public IReadOnlyList<ContainerStatus>? ContainerStatuses { get; init; }

    /// <summary>When the kubelet took it.</summary>
    [JsonConverter(typeof(KubernetesTimeConverter))]
    public DateTimeOffset? StartTime { get; init; }
}
