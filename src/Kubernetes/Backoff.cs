namespace PodEngine.Kubernetes;

/// <summary>Waiting times that double from the first to the longest and stay there: nothing is ever given up.</summary>
internal sealed record Backoff(TimeSpan First, TimeSpan Longest)
{
    /// <summary>The wait after a number of failures in a row, from 1.</summary>
    public TimeSpan After(int failures)
    {
        // 2^40 of anything waits longer than any sensible limit; a larger exponent would overflow.
        var doubled = First.Ticks * Math.Pow(2, Math.Clamp(failures - 1, 0, 40));
        return doubled >= Longest.Ticks ? Longest : TimeSpan.FromTicks((long)doubled);
    }

    /// <summary>Between half and one and a half times the wait, so that many clients of one server do not come back as one.</summary>
    public TimeSpan Jittered(int failures) => After(failures) * (0.5 + Random.Shared.NextDouble());
}
