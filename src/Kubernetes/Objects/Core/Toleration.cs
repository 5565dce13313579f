namespace PodEngine.Kubernetes.Objects.Core;

/// <summary>A taint a pod puts up with.</summary>
public sealed record Toleration
{
    /// <summary>The taint's key; empty with <c>Exists</c> for every taint.</summary>
    public string? Key { get; init; }

    /// <summary><c>Equal</c> or <c>Exists</c>; Equal by default.</summary>
    public string? Operator { get; init; }

    /// <summary>The taint's value.</summary>
    public string? Value { get; init; }

    /// <summary><c>NoSchedule</c>, <c>PreferNoSchedule</c>, <c>NoExecute</c>; empty for all.</summary>
    public string? Effect { get; init; }

    /// <summary>How long a <c>NoExecute</c> taint is borne.</summary>
    public long? TolerationSeconds { get; init; }
}
