namespace PodEngine.Kubernetes.Objects.Core;

/// <summary>A key of a ConfigMap or Secret in the pod's namespace.</summary>
public sealed record KeySelector
{
    /// <summary>The object.</summary>
    public required string Name { get; init; }

    /// <summary>The key.</summary>
    public required string Key { get; init; }

    /// <summary>Whether the pod may start without it.</summary>
    public bool? Optional { get; init; }
}
