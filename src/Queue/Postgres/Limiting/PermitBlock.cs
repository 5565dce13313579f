namespace PodEngine.Queue.Postgres.Limiting;

/// <summary>Permits this process may use without asking, for a while. The owner's lock guards it.</summary>
/// <param name="permits">As granted.</param>
/// <param name="askedAt">Local timestamp from before the asking, so that the block is over here before it is in the database.</param>
/// <param name="usableFor">As asked for.</param>
/// <param name="time">The local clock, which only measures spans.</param>
internal sealed class PermitBlock(int permits, long askedAt, TimeSpan usableFor, TimeProvider time)
{
    /// <summary>Not used yet.</summary>
    public int Left { get; private set; } = permits;

    public int Used { get; private set; }

    public bool IsUsable => time.GetElapsedTime(askedAt) < usableFor;

    /// <summary>Uses up to so many and says how many that were.</summary>
    public int Take(int wanted)
    {
        var taken = Math.Min(wanted, Left);
        Left -= taken;
        Used += taken;
        return taken;
    }
}
