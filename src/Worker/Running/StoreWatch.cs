namespace PodEngine.Worker.Running;

/// <summary>Says once that the store is away and once that it is back, whichever loop notices.</summary>
internal sealed class StoreWatch(TimeProvider time, ILogger logger)
{
    private long _awaySince;

    public bool IsAway => Volatile.Read(ref _awaySince) != 0;

    public void Away(Exception cause)
    {
        if (Interlocked.CompareExchange(ref _awaySince, time.GetTimestamp() | 1, 0) == 0)
        {
            Log.StoreAway(logger, cause.Message);
        }
    }

    public void Back()
    {
        if (Volatile.Read(ref _awaySince) == 0)
        {
            return;
        }

        var since = Interlocked.Exchange(ref _awaySince, 0);
        if (since != 0)
        {
            Log.StoreBack(logger, time.GetElapsedTime(since));
        }
    }
}
