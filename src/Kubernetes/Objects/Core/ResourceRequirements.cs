namespace PodEngine.Kubernetes.Objects.Core;

/// <summary>What a container needs and may use, as quantities such as <c>500m</c> and <c>256Mi</c>.</summary>
public sealed record ResourceRequirements
{
    /// <summary>Reserved for it.</summary>
    public IReadOnlyDictionary<string, string>? Requests { get; init; }

    /// <summary>Not to be passed.</summary>
    public IReadOnlyDictionary<string, string>? Limits { get; init; }
}
