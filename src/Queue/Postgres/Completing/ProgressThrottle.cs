using System.Collections.Concurrent;

namespace PodEngine.Queue.Postgres.Completing;

/// <summary>
/// Thins out progress: each attempt's first report and each new step are stored at once, what comes between at most once per interval. A report held
/// back is kept, the newest of its attempt, until it is taken to be stored.
/// </summary>
internal sealed class ProgressThrottle(TimeSpan interval, TimeProvider time)
{
    private readonly ConcurrentDictionary<JobLease, Last> _reports = new();

    /// <summary>True when the report shall be stored now.</summary>
    public bool Lets(JobLease lease, JobProgress progress)
    {
        var first = new Last(progress, time.GetTimestamp());
        var last = _reports.GetOrAdd(lease, first);
        if (ReferenceEquals(last, first))
        {
            return true;
        }

        lock (last)
        {
            if (last.Stored.Step == progress.Step && time.GetElapsedTime(last.At) < interval)
            {
                last.HeldBack = progress;
                return false;
            }

            last.Store(progress, time.GetTimestamp());
            return true;
        }
    }

    /// <summary>What was held back and shall be stored now.</summary>
    public IReadOnlyList<AttemptWrite.Progress> TakeHeldBack(IEnumerable<JobLease> leases)
    {
        var taken = new List<AttemptWrite.Progress>();
        foreach (var lease in leases)
        {
            if (!_reports.TryGetValue(lease, out var last))
            {
                continue;
            }

            lock (last)
            {
                if (last.HeldBack is { } progress)
                {
                    last.Store(progress, time.GetTimestamp());
                    taken.Add(new AttemptWrite.Progress(lease, progress));
                }
            }
        }

        return taken;
    }

    /// <summary>What was taken could not be stored: it is held back again, unless a newer report was made since.</summary>
    public void HoldBackAgain(AttemptWrite.Progress report)
    {
        if (_reports.TryGetValue(report.Lease, out var last))
        {
            lock (last)
            {
                last.HeldBack ??= ReferenceEquals(last.Stored, report.Reached) ? report.Reached : null;
            }
        }
    }

    /// <summary>The attempt is over.</summary>
    public void Forget(JobLease lease) => _reports.TryRemove(lease, out _);

    /// <summary>Read and written under its own lock, by whoever reports and by the heartbeat.</summary>
    private sealed class Last(JobProgress stored, long at)
    {
        public JobProgress Stored { get; private set; } = stored;

        public long At { get; private set; } = at;

        public JobProgress? HeldBack { get; set; }

        public void Store(JobProgress progress, long now) => (Stored, At, HeldBack) = (progress, now, null);
    }
}
