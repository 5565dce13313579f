using System.Collections.Concurrent;

namespace PodEngine.Queue.Bench.Consuming;

/// <summary>The jobs this process holds. The claims add, the reports remove, the heartbeat reads.</summary>
internal sealed class HeldAttempts
{
    private readonly ConcurrentDictionary<JobLease, JobAttempt> _attempts = new();
    private readonly WakeSignal _emptied = new();
    private int _count;

    /// <summary>How many there are.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Their leases, as a heartbeat names them.</summary>
    public IReadOnlyCollection<JobLease> Leases => [.. _attempts.Select(held => held.Key)];

    /// <summary>All of them.</summary>
    public IEnumerable<JobAttempt> All => _attempts.Select(held => held.Value);

    public void Add(JobAttempt attempt)
    {
        _attempts[attempt.Lease] = attempt;
        Interlocked.Increment(ref _count);
    }

    public void Remove(JobAttempt attempt)
    {
        if (_attempts.TryRemove(attempt.Lease, out _) && Interlocked.Decrement(ref _count) == 0)
        {
            _emptied.Set();
        }
    }

    public JobAttempt? Find(JobLease lease) => _attempts.GetValueOrDefault(lease);

    /// <summary>Returns once nothing is held.</summary>
    public async Task EmptiedAsync(CancellationToken cancellationToken)
    {
        while (Count > 0)
        {
            await _emptied.WaitAsync(cancellationToken);
        }
    }
}
