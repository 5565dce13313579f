namespace PodEngine.Kubernetes.Objects.Core;

/// <summary>Linux capabilities of a container.</summary>
public sealed record Capabilities
{
    /// <summary>Granted beyond the default.</summary>
    public IReadOnlyList<string>? Add { get; init; }

    /// <summary>Taken away; <c>ALL</c> in the restricted profile.</summary>
    public IReadOnlyList<string>? Drop { get; init; }
}
