namespace PodEngine.Kubernetes.Objects.Apps;

/// <summary>How a new template replaces the old.</summary>
public sealed record DeploymentStrategy
{
    /// <summary><c>RollingUpdate</c> or <c>Recreate</c>.</summary>
    public string? Type { get; init; }

    /// <summary>Bounds of a rolling update.</summary>
    public RollingUpdate? RollingUpdate { get; init; }
}
