namespace PodEngine.Kit.Time;

/// <summary>
/// A clock that moves only when told. <see cref="Advance"/> fires timers and delays in the order they are due, each at its own instant, so
/// a periodic timer fires once per period passed. Thread-safe; callbacks run on the caller's thread, outside the lock, and may arm timers.
/// </summary>
public sealed class ManualTimeProvider : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<ManualTimer> _armed = [];
    private readonly List<(int Count, TaskCompletionSource Reached)> _waiting = [];
    private DateTimeOffset _now;
    private long _order;

    /// <param name="start">The first instant; 2030-01-01 UTC when null.</param>
    public ManualTimeProvider(DateTimeOffset? start = null) => _now = start ?? new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>How many timers and delays wait for time to pass.</summary>
    public int ArmedTimers
    {
        get
        {
            lock (_lock)
            {
                return _armed.Count;
            }
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return _now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock; returns when all callbacks due by then have returned.</summary>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        var end = GetUtcNow() + by;
        while (TakeNextDue(end) is { } timer)
        {
            timer.Fire();
        }
    }

    /// <summary>
    /// Completes once so many timers wait: the moment to <see cref="Advance"/>, when the code under test has reached its delay. Give up by the token.
    /// </summary>
    public Task WhenArmedAsync(int count = 1, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            if (_armed.Count >= count)
            {
                return Task.CompletedTask;
            }

            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((count, reached));
            return reached.Task.WaitAsync(cancellationToken);
        }
    }

    internal void Arm(ManualTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        lock (_lock)
        {
            _armed.Remove(timer);
            if (dueTime == Timeout.InfiniteTimeSpan)
            {
                return;
            }

            timer.Due = _now + dueTime;
            timer.Period = period;
            timer.Order = _order++;
            _armed.Add(timer);
            foreach (var (_, reached) in _waiting.Where(waiting => waiting.Count <= _armed.Count))
            {
                reached.TrySetResult();
            }

            _waiting.RemoveAll(waiting => waiting.Reached.Task.IsCompleted);
        }

        // As a real timer: due at once means now, on another thread's time.
        if (dueTime == TimeSpan.Zero)
        {
            ThreadPool.QueueUserWorkItem(static clock => clock.Advance(TimeSpan.Zero), this, preferLocal: false);
        }
    }

    internal void Disarm(ManualTimer timer)
    {
        lock (_lock)
        {
            _armed.Remove(timer);
        }
    }

    private ManualTimer? TakeNextDue(DateTimeOffset end)
    {
        lock (_lock)
        {
            var next = _armed.Where(timer => timer.Due <= end).OrderBy(timer => timer.Due).ThenBy(timer => timer.Order).FirstOrDefault();
            if (next is null)
            {
                _now = end > _now ? end : _now;
                return null;
            }

            _now = next.Due > _now ? next.Due : _now;
            if (next.Period > TimeSpan.Zero)
            {
                next.Due += next.Period;
                next.Order = _order++;
            }
            else
            {
                _armed.Remove(next);
            }

            return next;
        }
    }
}
