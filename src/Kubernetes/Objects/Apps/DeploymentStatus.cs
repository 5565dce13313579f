namespace PodEngine.Kubernetes.Objects.Apps;

/// <summary>What there is of a deployment.</summary>
public sealed record DeploymentStatus
{
    /// <summary>The generation these numbers belong to.</summary>
    public long? ObservedGeneration { get; init; }

    /// <summary>Pods, of any template.</summary>
    public int? Replicas { get; init; }

    /// <summary>Pods of the newest template.</summary>
    public int? UpdatedReplicas { get; init; }

    /// <summary>Pods that are ready.</summary>
    public int? ReadyReplicas { get; init; }

    /// <summary>Pods ready for long enough.</summary>
    public int? AvailableReplicas { get; init; }

    /// <summary>Pods still missing.</summary>
    public int? UnavailableReplicas { get; init; }

    /// <summary><c>Available</c>, <c>Progressing</c>, <c>ReplicaFailure</c>.</summary>
    public IReadOnlyList<Condition>? Conditions { get; init; }
}
