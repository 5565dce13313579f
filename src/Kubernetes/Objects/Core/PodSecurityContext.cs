namespace PodEngine.Kubernetes.Objects.Core;

/// <summary>Rights of every container of a pod.</summary>
public sealed record PodSecurityContext
{
    /// <summary>Whether the kubelet refuses user 0.</summary>
    public bool? RunAsNonRoot { get; init; }

    /// <summary>User id.</summary>
    public long? RunAsUser { get; init; }

    /// <summary>Group id.</summary>
    public long? RunAsGroup { get; init; }

    /// <summary>Group that owns the volumes.</summary>
    public long? FsGroup { get; init; }

    /// <summary><c>OnRootMismatch</c> spares walking a large volume at each start.</summary>
    public string? FsGroupChangePolicy { get; init; }

    /// <summary>System call filter.</summary>
    public SeccompProfile? SeccompProfile { get; init; }
}
