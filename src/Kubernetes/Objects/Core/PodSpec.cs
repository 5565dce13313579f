namespace PodEngine.Kubernetes.Objects.Core;

/// <summary>What a pod runs and where; the part of it that the operators here set.</summary>
public sealed record PodSpec
{
    /// <summary>The containers; at least one.</summary>
    public required IReadOnlyList<Container> Containers { get; init; }

    /// <summary>Run one after the other before the others start.</summary>
    public IReadOnlyList<Container>? InitContainers { get; init; }

    /// <summary>What the containers may mount.</summary>
    public IReadOnlyList<Volume>? Volumes { get; init; }

    /// <summary>The pod's identity towards the API server.</summary>
    public string? ServiceAccountName { get; init; }

    /// <summary>Whether a token for the API server is mounted; the API server's default is true.</summary>
    public bool? AutomountServiceAccountToken { get; init; }

    /// <summary>Rights of every container.</summary>
    public PodSecurityContext? SecurityContext { get; init; }

    /// <summary>Labels a node must have.</summary>
    public IReadOnlyDictionary<string, string>? NodeSelector { get; init; }

    /// <summary>Taints the pod puts up with.</summary>
    public IReadOnlyList<Toleration>? Tolerations { get; init; }

    /// <summary>How pods spread over nodes and zones.</summary>
    public IReadOnlyList<TopologySpreadConstraint>? TopologySpreadConstraints { get; init; }

    /// <summary>Secrets for private registries.</summary>
    public IReadOnlyList<LocalObjectReference>? ImagePullSecrets { get; init; }

    /// <summary>Scheduling priority.</summary>
    public string? PriorityClassName { get; init; }

    /// <summary>Seconds between SIGTERM and SIGKILL; the API server's default is 30.</summary>
    public long? TerminationGracePeriodSeconds { get; init; }

    /// <summary><c>Always</c> for workloads that last.</summary>
    public string? RestartPolicy { get; init; }

    /// <summary>Whether services appear as environment variables; the API server's default is true.</summary>
    public bool? EnableServiceLinks { get; init; }
}
