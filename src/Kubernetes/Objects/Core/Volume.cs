namespace PodEngine.Kubernetes.Objects.Core;

/// <summary>Exactly one source that containers may mount.</summary>
public sealed record Volume
{
    /// <summary>Unique within the pod.</summary>
    public required string Name { get; init; }

    /// <summary>A folder that lives as long as the pod.</summary>
    public EmptyDirVolumeSource? EmptyDir { get; init; }

    /// <summary>The keys of a ConfigMap as files; changes arrive within a minute or two.</summary>
    public ConfigMapVolumeSource? ConfigMap { get; init; }

    /// <summary>The keys of a Secret as files; changes arrive within a minute or two.</summary>
    public SecretVolumeSource? Secret { get; init; }

    /// <summary>A claim of the same namespace.</summary>
    public ClaimVolumeSource? PersistentVolumeClaim { get; init; }
}
