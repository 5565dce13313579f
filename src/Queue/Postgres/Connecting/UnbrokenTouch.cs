namespace PodEngine.Queue.Postgres.Connecting;

/// <summary>
/// Since when this process has been in touch with the database without a break. Whoever was cut off cannot know for how long others were, so their
/// silence until now means nothing.
/// </summary>
internal sealed class UnbrokenTouch(PostgresStore store, TimeProvider time)
{
    private readonly Lock _lock = new();
    private long? _since;
    private long _outagesSeen;

    /// <summary>True when the touch was unbroken for so long. Ask within a transaction: that is touch.</summary>
    public bool Lasted(TimeSpan length)
    {
        lock (_lock)
        {
            if (_since is not { } since || _outagesSeen != store.Outages)
            {
                (_since, _outagesSeen) = (time.GetTimestamp(), store.Outages);
                return length <= TimeSpan.Zero;
            }

            return time.GetElapsedTime(since) >= length;
        }
    }
}
