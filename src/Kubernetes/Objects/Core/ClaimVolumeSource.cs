namespace PodEngine.Kubernetes.Objects.Core;

/// <summary>A persistent volume claim.</summary>
public sealed record ClaimVolumeSource
{
    /// <summary>The claim.</summary>
    public required string ClaimName { get; init; }

    /// <summary>Whether it may not be written.</summary>
    public bool? ReadOnly { get; init; }
}
