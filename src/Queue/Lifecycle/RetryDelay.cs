namespace PodEngine.Queue.Lifecycle;

/// <summary>How long a failed attempt waits for the next.</summary>
internal static class RetryDelay
{
    /// <summary>The part of the policy's wait that is left to chance, so that jobs that failed together do not return together.</summary>
    private const double Spread = 0.2;

    /// <summary>
    /// The policy's wait, shortened by up to a fifth (so that its maximum holds), but never shorter than the provider asked for; that is lengthened
    /// by up to a fifth instead.
    /// </summary>
    public static TimeSpan For(RetryPolicy policy, int failedAttempts, TimeSpan? retryAfter, double jitter)
    {
        var own = policy.DelayAfter(failedAttempts) * (1 - (Spread * jitter));
        var asked = (retryAfter ?? TimeSpan.Zero) * (1 + (Spread * jitter));
        return own > asked ? own : asked;
    }
}
