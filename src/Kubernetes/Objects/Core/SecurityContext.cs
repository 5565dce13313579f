namespace PodEngine.Kubernetes.Objects.Core;

/// <summary>Rights of one container.</summary>
public sealed record SecurityContext
{
    /// <summary>Whether it may gain rights; false in the restricted profile.</summary>
    public bool? AllowPrivilegeEscalation { get; init; }

    /// <summary>Whether it is root on the node.</summary>
    public bool? Privileged { get; init; }

    /// <summary>Whether only volumes may be written.</summary>
    public bool? ReadOnlyRootFilesystem { get; init; }

    /// <summary>Whether the kubelet refuses user 0.</summary>
    public bool? RunAsNonRoot { get; init; }

    /// <summary>User id.</summary>
    public long? RunAsUser { get; init; }

    /// <summary>Linux capabilities.</summary>
    public Capabilities? Capabilities { get; init; }

    /// <summary>System call filter.</summary>
    public SeccompProfile? SeccompProfile { get; init; }
}
