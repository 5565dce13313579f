namespace PodEngine.Kubernetes.Objects.Core;

/// <summary>State of one container of a pod.</summary>
public sealed record ContainerStatus
{
    /// <summary>The container's name.</summary>
    public required string Name { get; init; }

    /// <summary>Whether its readiness probe passes.</summary>
    public bool Ready { get; init; }

    /// <summary>How often it was started again.</summary>
    public int RestartCount { get; init; }

    /// <summary>The image it runs.</summary>
    public string? Image { get; init; }

    /// <summary>What it does now.</summary>
    public ContainerState? State { get; init; }

    /// <summary>How its previous run ended.</summary>
    public ContainerState? LastState { get; init; }
}
