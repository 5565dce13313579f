namespace PodEngine.Kubernetes.Reconciling;

/// <summary>
/// A queue of keys, after client-go's. A key waits at most once however often it is added; it is worked on by one worker at a time, and
/// again afterwards if it was added meanwhile; changed keys go before relisted ones, but one turn in ten is a relisted one's; failures
/// are repeated with a wait that doubles from 5 ms to 5 min for ever; delays cost a heap entry, not a timer each. Safe for many threads.
/// Nothing is remembered of a key that neither waits, is worked on, has failed nor was started within <see cref="WorkQueueOptions.KeyInterval"/>.
/// </summary>
/// <remarks>Times are the queue's own monotonic time, so that a clock set back or forward changes no wait.</remarks>
public sealed class WorkQueue<TKey> : IAsyncDisposable
    where TKey : notnull
{
    private const int TurnsOfRelisted = 10;
    private const int MostVoidDelays = 64;
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(1);
    private readonly Lock gate = new();
    private readonly TimeProvider time;
    private readonly WorkQueueOptions options;
    private readonly Backoff backoff;
    private readonly long origin;
    private readonly Dictionary<TKey, Entry> entries = [];
    private readonly Queue<TKey> changed = new();
    private readonly Queue<TKey> relisted = new();
    private readonly PriorityQueue<TKey, TimeSpan> delayed = new();
    private readonly SemaphoreSlim ready = new(0);
    private readonly ITimer timer;
    private readonly TaskCompletionSource drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource closed = new();
    private readonly WorkQueueMetrics metrics;
    private readonly TokenBucket? starts;
    private TimeSpan? timerDue;
    private int inFlight;
    private int turn;
    private bool isShutDown;

    /// <summary>An empty queue; the name is its label in metrics.</summary>
    public WorkQueue(string name, TimeProvider time, WorkQueueOptions? options = null)
    {
        this.time = time;
        this.options = options ?? new WorkQueueOptions();
        backoff = new Backoff(this.options.FirstBackoff, this.options.LongestBackoff);
        origin = time.GetTimestamp();
        timer = time.CreateTimer(static state => ((WorkQueue<TKey>)state!).ReleaseDue(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        metrics = new WorkQueueMetrics(name, RunningTimes);
        if (this.options.StartsPerSecond > 0)
        {
            starts = new TokenBucket(this.options.Burst, TimeSpan.FromSeconds(1 / this.options.StartsPerSecond), Now);
        }
    }

    private TimeSpan Now => time.GetElapsedTime(origin);

    /// <summary>Keys that wait for a worker; delayed ones do not count.</summary>
    public int Count => ready.CurrentCount;

    /// <summary>Whether no key waits, is delayed or is being worked on.</summary>
    public bool IsIdle
    {
        get
        {
            lock (gate)
            {
                return ready.CurrentCount == 0 && inFlight == 0 && entries.Values.All(static entry => entry is { IsReady: false, DueAt: null });
            }
        }
    }

    /// <summary>Keys of which anything is remembered.</summary>
    internal int Known
    {
        get
        {
            lock (gate)
            {
                return entries.Count;
            }
        }
    }

    /// <summary>Adds a key that is to be worked on as soon as its turn comes.</summary>
    public void Add(TKey key, WorkPriority priority = WorkPriority.Changed)
    {
        lock (gate)
        {
            if (!isShutDown)
            {
                AddNow(key, EntryOf(key), priority);
            }
        }
    }

    /// <summary>Adds a key after a delay. Of several delays the shortest counts, and an <see cref="Add"/> meanwhile makes it void.</summary>
    public void AddAfter(TKey key, TimeSpan delay, WorkPriority priority = WorkPriority.Changed)
    {
        lock (gate)
        {
            if (isShutDown)
            {
                return;
            }

            var entry = EntryOf(key);
            if (delay <= TimeSpan.Zero)
            {
                AddNow(key, entry, priority);
            }
            else if (!entry.IsReady)
            {
                Delay(key, entry, Now + delay, priority);
            }
        }
    }

    /// <summary>Adds a key that failed once more; returns how long it waits: the backoff, or <paramref name="atLeast"/> where that is longer.</summary>
    public TimeSpan Retry(TKey key, TimeSpan atLeast = default)
    {
        lock (gate)
        {
            var entry = EntryOf(key);
            entry.Failures++;
            var wait = backoff.After(entry.Failures) is var own && own > atLeast ? own : atLeast;
            metrics.Retried();
            if (!isShutDown && !entry.IsReady)
            {
                Delay(key, entry, Now + wait, WorkPriority.Changed);
            }

            return wait;
        }
    }

    /// <summary>Forgets a key's failures.</summary>
    public void Forget(TKey key)
    {
        lock (gate)
        {
            if (entries.TryGetValue(key, out var entry))
            {
                entry.Failures = 0;
                DropIfIdle(key, entry);
            }
        }
    }

    /// <summary>Waits for the next key and takes it; null once the queue is shut down. Each taken key must be given back by <see cref="Done"/>.</summary>
    public async ValueTask<WorkItem<TKey>?> TakeAsync(CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, closed.Token);
        try
        {
            await ready.WaitAsync(either.Token);
            await WaitForStartAsync(either.Token);
        }
        catch (OperationCanceledException) when (closed.IsCancellationRequested)
        {
            return null;
        }

        lock (gate)
        {
            return isShutDown ? null : TakeReady();
        }
    }

    /// <summary>Gives a key back; if it was added meanwhile it waits for its next turn.</summary>
    public void Done(TKey key)
    {
        lock (gate)
        {
            var entry = entries[key];
            metrics.Worked(Now - entry.StartedAt);
            entry.IsInFlight = false;
            inFlight--;
            if (isShutDown)
            {
                if (inFlight == 0)
                {
                    drained.TrySetResult();
                }
            }
            else if (entry.AddedMeanwhile is { } priority)
            {
                entry.AddedMeanwhile = null;
                AddNow(key, entry, priority);
            }
            else
            {
                DropIfIdle(key, entry);
            }
        }
    }

    /// <summary>
    /// Ends the queue: nothing more is added or handed out, and the task completes when every key handed out was given back. What still
    /// waited is dropped: it is not lost, because whoever works next begins with a whole list. Harmless twice.
    /// </summary>
    public async Task ShutDownAsync()
    {
        var isFirst = false;
        lock (gate)
        {
            (isFirst, isShutDown) = (!isShutDown, true);
            if (inFlight == 0)
            {
                drained.TrySetResult();
            }
        }

        if (isFirst)
        {
            await closed.CancelAsync();
            await timer.DisposeAsync();
        }

        await drained.Task;
        metrics.Dispose();
    }

    /// <summary>The same as <see cref="ShutDownAsync"/>.</summary>
    public ValueTask DisposeAsync() => new(ShutDownAsync());

    /// <summary>Waits until one more start is allowed. The key is chosen only then, so that a changed one passes all that wait.</summary>
    private async Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        var wait = TimeSpan.Zero;
        lock (gate)
        {
            wait = starts?.Reserve(Now) ?? TimeSpan.Zero;
        }

        if (wait == TimeSpan.Zero)
        {
            return;
        }

        try
        {
            await Task.Delay(wait, time, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            ready.Release();
            throw;
        }
    }

    private Entry EntryOf(TKey key)
    {
        if (!entries.TryGetValue(key, out var entry))
        {
            entries[key] = entry = new Entry();
        }

        return entry;
    }

    private void AddNow(TKey key, Entry entry, WorkPriority priority)
    {
        if (entry.IsInFlight)
        {
            entry.AddedMeanwhile = entry.AddedMeanwhile > priority ? entry.AddedMeanwhile : priority;
        }
        else if (!entry.IsReady)
        {
            if (entry.StartedAt != default && entry.StartedAt + options.KeyInterval is var earliest && earliest > Now)
            {
                Delay(key, entry, earliest, priority);
                return;
            }

            (entry.DueAt, entry.IsReady, entry.ReadyAt, entry.Priority) = (null, true, Now, priority);
            LineOf(priority).Enqueue(key);
            metrics.Added(priority);
            ready.Release();
        }
        else if (entry.Priority < priority)
        {
            // The place in the slower line is left behind and skipped when its turn comes.
            metrics.Moved(entry.Priority, priority);
            entry.Priority = priority;
            LineOf(priority).Enqueue(key);
        }
    }

    private void Delay(TKey key, Entry entry, TimeSpan due, WorkPriority priority)
    {
        if (entry.DueAt is { } earlier && earlier <= due)
        {
            entry.DelayedPriority = entry.DelayedPriority > priority ? entry.DelayedPriority : priority;
            return;
        }

        (entry.DueAt, entry.DelayedPriority) = (due, priority);
        delayed.Enqueue(key, due);
        if (delayed.Count > MostVoidDelays + (2 * entries.Count))
        {
            DropVoidDelays();
        }

        SetTimer();
    }

    /// <summary>Builds the heap anew: delays made void leave their place in it, and an object changed often would fill it.</summary>
    private void DropVoidDelays()
    {
        delayed.Clear();
        foreach (var (key, entry) in entries)
        {
            if (entry.DueAt is not null || entry.IsIdle)
            {
                delayed.Enqueue(key, entry.DueAt ?? entry.StartedAt + options.KeyInterval);
            }
        }
    }

    private void ReleaseDue()
    {
        lock (gate)
        {
            timerDue = null;
            while (!isShutDown && delayed.TryPeek(out var key, out var due) && due <= Now)
            {
                delayed.Dequeue();
                if (!entries.TryGetValue(key, out var entry))
                {
                    continue;
                }

                if (entry.DueAt == due)
                {
                    entry.DueAt = null;
                    AddNow(key, entry, entry.DelayedPriority);
                }
                else if (entry.IsIdle && entry.StartedAt + options.KeyInterval <= Now)
                {
                    entries.Remove(key);
                }
            }

            SetTimer();
        }
    }

    private void SetTimer()
    {
        if (isShutDown || !delayed.TryPeek(out _, out var due) || due >= timerDue)
        {
            return;
        }

        timerDue = due;
        var wait = TimeSpan.FromMilliseconds(Math.Ceiling((due - Now).TotalMilliseconds));
        timer.Change(TimeSpan.FromTicks(Math.Clamp(wait.Ticks, 0, LongestTimer.Ticks)), Timeout.InfiniteTimeSpan);
    }

    private WorkItem<TKey> TakeReady()
    {
        var key = NextReady();
        var entry = entries[key];
        entry.IsReady = false;
        entry.IsInFlight = true;
        entry.StartedAt = Now;
        inFlight++;
        metrics.Taken(entry.Priority, Now - entry.ReadyAt);
        return new WorkItem<TKey>(key, entry.Failures, entry.Priority);
    }

    private TKey NextReady()
    {
        turn = (turn + 1) % TurnsOfRelisted;
        var first = turn == 0 ? WorkPriority.Relisted : WorkPriority.Changed;
        var second = turn == 0 ? WorkPriority.Changed : WorkPriority.Relisted;
        foreach (var priority in (ReadOnlySpan<WorkPriority>)[first, second])
        {
            while (LineOf(priority).TryDequeue(out var key))
            {
                if (entries.TryGetValue(key, out var entry) && entry.IsReady && entry.Priority == priority)
                {
                    return key;
                }
            }
        }

        throw new System.Diagnostics.UnreachableException("The semaphore counts ready keys, and each stands in the line of its priority.");
    }

    private Queue<TKey> LineOf(WorkPriority priority) => priority == WorkPriority.Changed ? changed : relisted;

    /// <summary>Forgets a key that nothing more is to be done for, at the latest when it may start again.</summary>
    private void DropIfIdle(TKey key, Entry entry)
    {
        if (!entry.IsIdle)
        {
            return;
        }

        var mayStartAt = entry.StartedAt + options.KeyInterval;
        if (options.KeyInterval == TimeSpan.Zero || mayStartAt <= Now)
        {
            entries.Remove(key);
            return;
        }

        delayed.Enqueue(key, mayStartAt);
        if (delayed.Count > MostVoidDelays + (2 * entries.Count))
        {
            DropVoidDelays();
        }

        SetTimer();
    }

    private IReadOnlyList<TimeSpan> RunningTimes()
    {
        lock (gate)
        {
            return [.. entries.Values.Where(static entry => entry.IsInFlight).Select(entry => Now - entry.StartedAt)];
        }
    }

    private sealed class Entry
    {
        public bool IsReady { get; set; }

        public bool IsInFlight { get; set; }

        public WorkPriority? AddedMeanwhile { get; set; }

        public WorkPriority Priority { get; set; }

        public WorkPriority DelayedPriority { get; set; }

        public TimeSpan? DueAt { get; set; }

        public TimeSpan ReadyAt { get; set; }

        public TimeSpan StartedAt { get; set; }

        public int Failures { get; set; }

        public bool IsIdle => !IsReady && !IsInFlight && DueAt is null && Failures == 0;
    }
}
