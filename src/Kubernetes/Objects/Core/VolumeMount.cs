namespace PodEngine.Kubernetes.Objects.Core;

/// <summary>Where a container sees a volume.</summary>
public sealed record VolumeMount
{
    /// <summary>The volume.</summary>
    public required string Name { get; init; }

    /// <summary>Absolute path in the container.</summary>
    public required string MountPath { get; init; }

    /// <summary>A path inside the volume; it does not follow changes of a Secret or ConfigMap.</summary>
    public string? SubPath { get; init; }

    /// <summary>Whether it may not be written.</summary>
    public bool? ReadOnly { get; init; }
}
