namespace PodEngine.Queue;

/// <summary>When a failed attempt is followed by another. Rescues, snoozes and hand-backs are not attempts.</summary>
public sealed record RetryPolicy
{
    /// <summary>Further attempts after the first, 0–100; default 3. 0 means none.</summary>
    public int MaxRetries { get; init; } = 3;

    /// <summary>Wait before the first retry; default 60 s. Zero means at once.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>True doubles the wait each time (the default), false keeps it.</summary>
    public bool Exponential { get; init; } = true;

    /// <summary>Longest wait; default 15 min.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>
    /// The wait after a failed attempt, without jitter: <see cref="Delay"/> × 2^(failed − 1), or <see cref="Delay"/>, at most <see cref="MaxDelay"/>.
    /// </summary>
    /// <param name="failedAttempts">Attempts that failed so far, at least 1.</param>
    public TimeSpan DelayAfter(int failedAttempts)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(failedAttempts, 1);
        var factor = Exponential ? Math.Pow(2, Math.Min(failedAttempts - 1, 40)) : 1;
        var ticks = Math.Min(Delay.Ticks * factor, MaxDelay.Ticks);
        return TimeSpan.FromTicks((long)ticks);
    }
}
