namespace PodEngine.Kubernetes.Objects.Core;

/// <summary>Exactly one of waiting, running or terminated.</summary>
public sealed record ContainerState
{
    /// <summary>It is not running yet, such as <c>ImagePullBackOff</c> or <c>CrashLoopBackOff</c>.</summary>
    public ContainerStateDetail? Waiting { get; init; }

    /// <summary>It runs.</summary>
    public ContainerStateDetail? Running { get; init; }

    /// <summary>It ended, such as <c>OOMKilled</c> or <c>Error</c>.</summary>
    public ContainerStateDetail? Terminated { get; init; }
}
