using PodEngine.Kubernetes.Objects;

namespace PodEngine.Resources.InferenceEndpoints;

/// <summary>Whether an endpoint can be used; written by the operator alone.</summary>
public sealed record InferenceEndpointStatus
{
    /// <summary>The generation this speaks of.</summary>
    public long? ObservedGeneration { get; init; }

    /// <summary><c>Ready</c> and <c>Reachable</c>.</summary>
    public IReadOnlyList<Condition>? Conditions { get; init; }
}
