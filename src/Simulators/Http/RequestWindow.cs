namespace PodEngine.Simulators.Http;

/// <summary>Counts requests in a sliding or fixed window; guarded by its own lock.</summary>
internal sealed class RequestWindow(TimeProvider time, TimeSpan length)
{
    private readonly Lock gate = new();
    private readonly Queue<DateTimeOffset> taken = new();
    private DateTimeOffset opened;

    /// <summary>Takes one place. False when <paramref name="limit"/> places are taken in the window.</summary>
    public bool TryTake(int limit, bool sliding = true)
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            if (!sliding && now - opened >= length)
            {
                opened = now;
                taken.Clear();
            }

            while (sliding && taken.TryPeek(out var first) && now - first >= length)
            {
                taken.Dequeue();
            }

            if (taken.Count >= limit)
            {
                return false;
            }

            taken.Enqueue(now);
            return true;
        }
    }

    /// <summary>Places taken now.</summary>
    public int Taken
    {
        get
        {
            lock (gate)
            {
                return taken.Count;
            }
        }
    }

    public void Clear()
    {
        lock (gate)
        {
            taken.Clear();
        }
    }
}
