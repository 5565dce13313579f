namespace PodEngine.Kubernetes.Objects.Core;

/// <summary>An object of the same namespace that may be allowed to be missing.</summary>
public sealed record OptionalReference
{
    /// <summary>The object.</summary>
    public required string Name { get; init; }

    /// <summary>Whether the pod may start without it.</summary>
    public bool? Optional { get; init; }
}
