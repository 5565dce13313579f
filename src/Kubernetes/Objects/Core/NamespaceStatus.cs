namespace PodEngine.Kubernetes.Objects.Core;

/// <summary>State of a namespace.</summary>
public sealed record NamespaceStatus
{
    /// <summary><c>Active</c> or <c>Terminating</c>.</summary>
    public string? Phase { get; init; }
}
