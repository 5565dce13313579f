using PodEngine.Queue.Limits;

namespace PodEngine.Queue.InMemory;

/// <summary>Limits kept by the workers of one process, on the clock and the workers of its queue in memory.</summary>
/// <param name="queue">Knows the workers.</param>
public sealed class InMemorySharedLimits(InMemoryJobQueue queue) : ISharedLimits
{
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<LimitKey, Queue<UsedPermits>> _used = [];
    private readonly Dictionary<Guid, LimitSlot> _open = [];

    /// <inheritdoc/>
    public ValueTask<RateDecision> ReserveAsync(IReadOnlyList<RateDemand> demands, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        RateDemand.ThrowIfAmbiguous(demands);
        lock (_lock)
        {
            return new(Reserve(demands, queue.Time.GetTimestamp()));
        }
    }

    /// <inheritdoc/>
    public Task<SlotDecision> OpenSlotAsync(LimitKey key, int max, string workerId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentOutOfRangeException.ThrowIfLessThan(max, 1);
        ArgumentException.ThrowIfNullOrEmpty(workerId);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            if (queue.SilenceOf(workerId) is not { } silence || silence >= queue.Timings.LeaseLength
                || _open.Values.Count(slot => slot.Key == key && queue.SilenceOf(slot.WorkerId) is not null) >= max)
            {
                return Task.FromResult<SlotDecision>(new SlotDecision.NotBefore(AskAgainAfter));
            }

            var opened = new LimitSlot(Guid.NewGuid(), key, workerId);
            _open.Add(opened.Id, opened);
            return Task.FromResult<SlotDecision>(new SlotDecision.Opened(opened));
        }
    }

    /// <inheritdoc/>
    public Task CloseSlotAsync(LimitSlot slot, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(slot);
        lock (_lock)
        {
            _open.Remove(slot.Id);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<int> MaintainAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var now = queue.Time.GetTimestamp();
            var lost = _open.Values.Where(slot => queue.SilenceOf(slot.WorkerId) is not { } silence || silence >= queue.Timings.LeaseLength).ToList();
            lost.ForEach(slot => _open.Remove(slot.Id));
            var forgotten = _used.Values.Sum(used => Forget(used, now));
            foreach (var unused in _used.Where(used => used.Value.Count == 0).Select(used => used.Key).ToList())
            {
                _used.Remove(unused);
            }

            return Task.FromResult(lost.Count + forgotten);
        }
    }

    private RateDecision Reserve(IReadOnlyList<RateDemand> demands, long now)
    {
        RateDecision.NotBefore? longest = null;
        foreach (var demand in demands)
        {
            var wait = WaitFor(demand, now);
            if (wait > (longest?.Wait ?? TimeSpan.Zero))
            {
                longest = new RateDecision.NotBefore(wait, demand.Key);
            }
        }

        if (longest is not null)
        {
            return longest;
        }

        foreach (var demand in demands)
        {
            Used(demand.Key).Enqueue(new UsedPermits(demand.Permits, now, demand.Limit.Window));
        }

        return RateDecision.Granted.Instance;
    }

    /// <summary>How long until the demand can be met; zero when it can be now.</summary>
    private TimeSpan WaitFor(RateDemand demand, long now)
    {
        var used = Used(demand.Key);
        Forget(used, now);
        var counted = used.Where(use => queue.Time.GetElapsedTime(use.At, now) < demand.Limit.Window).ToList();
        var missing = counted.Sum(use => use.Permits) + demand.Permits - demand.Limit.Permits;
        foreach (var use in counted)
        {
            if (missing <= 0)
            {
                break;
            }

            missing -= use.Permits;
            if (missing <= 0)
            {
                return demand.Limit.Window - queue.Time.GetElapsedTime(use.At, now);
            }
        }

        return TimeSpan.Zero;
    }

    private int Forget(Queue<UsedPermits> used, long now)
    {
        var forgotten = 0;
        while (used.TryPeek(out var oldest) && queue.Time.GetElapsedTime(oldest.At, now) >= oldest.Window)
        {
            used.Dequeue();
            forgotten++;
        }

        return forgotten;
    }

    private Queue<UsedPermits> Used(LimitKey key) => _used.TryGetValue(key, out var used) ? used : _used[key] = new();

    private readonly record struct UsedPermits(int Permits, long At, TimeSpan Window);
}
