namespace PodEngine.Kubernetes.Objects.Core;

/// <summary>An object of the same namespace.</summary>
public sealed record LocalObjectReference
{
    /// <summary>The object.</summary>
    public required string Name { get; init; }
}
