namespace PodEngine.Queue.Limits;

/// <summary>The answer to a reservation of permits.</summary>
public abstract record RateDecision
{
    private RateDecision()
    {
    }

    /// <summary>Go ahead, now: the permits are taken, and a permit that is used later than at once may be used in a window too full.</summary>
    public sealed record Granted : RateDecision
    {
        /// <summary>The one there is.</summary>
        public static Granted Instance { get; } = new();
    }

    /// <summary>Nothing was taken. Asking again before <paramref name="Wait"/> is over is in vain; asking then may still be.</summary>
    /// <param name="Wait">From now on; a span and not a time, because the clocks of store and asker may differ.</param>
    /// <param name="Key">The limit that is used up.</param>
    public sealed record NotBefore(TimeSpan Wait, LimitKey Key) : RateDecision
    {
        /// <summary>In whole milliseconds, as timers count, so that nobody comes back a little early.</summary>
        public TimeSpan Wait { get; } = TimeSpan.FromMilliseconds(Math.Ceiling(Wait.TotalMilliseconds));
    }
}
