using PodEngine.Kubernetes.Objects;

namespace PodEngine.Resources.GenerationModels;

/// <summary>Whether a model can be run; written by the operator alone.</summary>
public sealed record GenerationModelStatus
{
    /// <summary>The generation this speaks of.</summary>
    public long? ObservedGeneration { get; init; }

    /// <summary><c>Ready</c>, <c>SchemaValid</c>, <c>OverridesValid</c> and <c>EndpointReady</c>.</summary>
    public IReadOnlyList<Condition>? Conditions { get; init; }
}
