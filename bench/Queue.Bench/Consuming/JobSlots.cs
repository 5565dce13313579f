namespace PodEngine.Queue.Bench.Consuming;

/// <summary>Runs attempts, so many at a time, in the order they came; the others wait, unstarted.</summary>
internal sealed class JobSlots(int slots, Func<JobAttempt, ValueTask> run)
{
    private readonly Lock _gate = new();
    private readonly Queue<JobAttempt> _waiting = new();
    private int _count;
    private int _running;
    private bool _closed;

    /// <summary>Called whenever one has ended.</summary>
    public event Action? Freed;

    /// <summary>Those that run and those that wait.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Takes attempts over; false when it is closed, and then nothing was taken.</summary>
    public bool TryAdd(IReadOnlyList<JobAttempt> attempts)
    {
        int free;
        lock (_gate)
        {
            if (_closed)
            {
                return false;
            }

            foreach (var attempt in attempts)
            {
                _waiting.Enqueue(attempt);
            }

            Interlocked.Add(ref _count, attempts.Count);
            free = Math.Min(slots - _running, attempts.Count);
            _running += free;
        }

        for (var slot = 0; slot < free; slot++)
        {
            _ = Task.Run(RunSlotAsync);
        }

        return true;
    }

    /// <summary>Starts nothing any more and returns what was not started.</summary>
    public IReadOnlyList<JobAttempt> Close()
    {
        lock (_gate)
        {
            _closed = true;
            IReadOnlyList<JobAttempt> unstarted = [.. _waiting];
            Interlocked.Add(ref _count, -unstarted.Count);
            _waiting.Clear();
            return unstarted;
        }
    }

    private async Task RunSlotAsync()
    {
        while (Next() is { } attempt)
        {
            await run(attempt);
            Interlocked.Decrement(ref _count);
            Freed?.Invoke();
        }
    }

    private JobAttempt? Next()
    {
        lock (_gate)
        {
            if (_waiting.TryDequeue(out var next))
            {
                return next;
            }

            _running--;
            return null;
        }
    }
}
