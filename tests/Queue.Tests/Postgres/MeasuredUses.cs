namespace PodEngine.Queue.Tests.Postgres;

/// <summary>
/// Uses of permits on a real clock. Each happened somewhere between two readings of it; a window is charged only with uses that lie in it for certain, so
/// a slow machine finds nothing that is not there.
/// </summary>
internal sealed class MeasuredUses(TimeSpan window)
{
    private readonly Lock _lock = new();
    private readonly List<(long Earliest, long Latest)> _uses = [];

    public static long Now => TimeProvider.System.GetTimestamp();

    public int Total
    {
        get
        {
            lock (_lock)
            {
                return _uses.Count;
            }
        }
    }

    /// <summary>A use between <paramref name="earliest"/> and now.</summary>
    public void Note(long earliest)
    {
        var latest = Now;
        lock (_lock)
        {
            _uses.Add((earliest, latest));
        }
    }

    public int MostInAWindow() => _uses.Max(first => _uses.Count(use =>
        use.Earliest >= first.Earliest && TimeProvider.System.GetElapsedTime(first.Earliest, use.Latest) < window));
}
