namespace PodEngine.Kubernetes.Objects.Core;

/// <summary>A folder that lives as long as the pod.</summary>
public sealed record EmptyDirVolumeSource
{
    /// <summary><c>Memory</c>, or empty for the node's disk.</summary>
    public string? Medium { get; init; }

    /// <summary>Most it may hold, as a quantity.</summary>
    public string? SizeLimit { get; init; }
}
