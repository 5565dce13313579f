namespace PodEngine.Kubernetes.Objects.Apps;

/// <summary>Bounds of a rolling update; 25 % each by default.</summary>
public sealed record RollingUpdate
{
    /// <summary>Pods that may be missing.</summary>
    public IntOrString? MaxUnavailable { get; init; }

    /// <summary>Pods that may be there beyond the wanted number.</summary>
    public IntOrString? MaxSurge { get; init; }
}
