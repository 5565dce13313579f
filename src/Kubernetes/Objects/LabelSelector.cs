namespace PodEngine.Kubernetes.Objects;

/// <summary>Selects objects by labels.</summary>
public sealed record LabelSelector
{
    /// <summary>Labels an object must have.</summary>
    public IReadOnlyDictionary<string, string>? MatchLabels { get; init; }

    /// <summary>Further requirements; all must hold.</summary>
    public IReadOnlyList<LabelSelectorRequirement>? MatchExpressions { get; init; }
}
