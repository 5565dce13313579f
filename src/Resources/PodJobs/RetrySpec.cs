namespace PodEngine.Resources.PodJobs;

/// <summary>What happens after an attempt failed for a reason that may pass.</summary>
public sealed record RetrySpec
{
    /// <summary>Attempts after the first, 0 to 100; default 3, and 0 means none.</summary>
    public int MaxRetries { get; init; } = 3;

    /// <summary>Wait before the first retry, 0 to 86400 s and not above <see cref="MaxDelaySeconds"/>; default 60.</summary>
    public int DelaySeconds { get; init; } = 60;

    /// <summary>How the wait grows; default <see cref="RetryBackoff.Exponential"/>.</summary>
    public RetryBackoff Backoff { get; init; }

    /// <summary>Longest wait, 0 to 86400 s; default 900.</summary>
    public int MaxDelaySeconds { get; init; } = 900;
}
