using System.Collections.Concurrent;

namespace PodEngine.Queue.Postgres.Completing;

/// <summary>
/// Thins out progress: each attempt's first report and each new step are stored at once, what comes between at most once per interval. A report held
/// back is kept, the newest of its attempt, and stored with the worker's next heartbeat.
/// </summary>
internal sealed class ProgressThrottle(TimeSpan interval, TimeProvider time)
{
    private readonly ConcurrentDictionary<JobLease, Last> _reports = new();

    /// <summary>True when the report shall be stored now.</summary>
    public bool Lets(JobLease lease, JobProgress progress)
    {
        if (_reports.TryGetValue(lease, out var last) && last.Stored.Step == progress.Step && time.GetElapsedTime(last.At) < interval)
        {
            last.HeldBack = progress;
            return false;
        }

        _reports[lease] = new Last(progress, time.GetTimestamp());
        return true;
    }

    /// <summary>What was held back and shall be stored now.</summary>
    public IReadOnlyList<AttemptWrite.Progress> TakeHeldBack(IEnumerable<JobLease> leases)
    {
        var taken = new List<AttemptWrite.Progress>();
        foreach (var lease in leases)
        {
            if (_reports.TryGetValue(lease, out var last) && last.HeldBack is { } progress)
            {
                _reports[lease] = new Last(progress, time.GetTimestamp());
                taken.Add(new AttemptWrite.Progress(lease, progress));
            }
        }

        return taken;
    }

    /// <summary>The attempt is over.</summary>
    public void Forget(JobLease lease) => _reports.TryRemove(lease, out _);

    private sealed class Last(JobProgress stored, long at)
    {
        public JobProgress Stored { get; } = stored;

        public long At { get; } = at;

        /// <summary>Written by whoever reports, read by the heartbeat.</summary>
        public JobProgress? HeldBack { get; set; }
    }
}
