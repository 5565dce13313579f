namespace PodEngine.Operator.Hosting;

/// <summary>How long a watch may be silent before the kubelet is told.</summary>
internal sealed record ProbeLimits
{
    /// <summary>The limits of the operator.</summary>
    public static ProbeLimits Default { get; } = new();

    /// <summary>Silence from which on it is not ready; 5 min by default, more than twice an informer's idle timeout.</summary>
    public TimeSpan LongestSilence { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Silence without a known fault from which on a restart is advised; 15 min by default.</summary>
    public TimeSpan DeafAfter { get; init; } = TimeSpan.FromMinutes(15);
}
