using PodEngine.Queue.Lifecycle;
using PodEngine.Queue.Waking;

namespace PodEngine.Queue.InMemory;

/// <summary>
/// The queue without a database, for one process: same states, same leases, same refusals. What it holds ends with the process.
/// </summary>
public sealed partial class InMemoryJobQueue : IJobQueue
{
    private static readonly TimeSpan ForgetWorkerAfter = TimeSpan.FromHours(1);

    private readonly InMemoryJobs _jobs = new();
    private readonly Dictionary<string, InMemoryWorker> _workers = new(StringComparer.Ordinal);
    private readonly WakeSignals _signals;
    private readonly TimeProvider _time;
    private readonly QueueTimings _timings;
    private readonly DateTimeOffset _startedAt;

    /// <summary>An empty queue whose clock is <paramref name="time"/>.</summary>
    public InMemoryJobQueue(TimeProvider time, QueueTimings? timings = null)
    {
        ArgumentNullException.ThrowIfNull(time);
        _time = time;
        _timings = timings ?? new QueueTimings();
        _signals = new WakeSignals(time);
        _startedAt = time.GetUtcNow();
        Fence = new InMemoryFence(_jobs, time);
    }

    /// <summary>Where other stores in memory join the fence.</summary>
    public InMemoryFence Fence { get; }

    internal TimeProvider Time => _time;

    internal QueueTimings Timings => _timings;

    /// <inheritdoc/>
    public Task<IReadOnlyList<UpsertOutcome>> UpsertAsync(IReadOnlyList<JobRequest> requests, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(requests);
        RequestFaults.ThrowIfAny(requests);
        return Task.FromResult(Locked<IReadOnlyList<UpsertOutcome>>(now => [.. requests.Select(request => Upsert(request, now))], cancellationToken));
    }

    /// <inheritdoc/>
    public Task<bool> CancelAsync(JobId job, string reason, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(reason);
        return Task.FromResult(Locked(
            now =>
            {
                if (_jobs.Find(job) is not { Standing.IsFinished: false } known)
                {
                    return false;
                }

                Save(known, RequestRules.Cancel(known.Standing, reason, now));
                return true;
            },
            cancellationToken));
    }

    /// <inheritdoc/>
    public Task<JobRecord?> FindAsync(JobId job, CancellationToken cancellationToken) =>
        Task.FromResult(Locked(_ => _jobs.Find(job)?.ToRecord(), cancellationToken));

    /// <inheritdoc/>
    public Task<IReadOnlyList<JobRecord>> ListAsync(Guid installationId, JobState? state, int limit, CancellationToken cancellationToken) =>
        Task.FromResult(Locked<IReadOnlyList<JobRecord>>(
            _ => [.. _jobs.Inserted.Reverse()
                .Select(_jobs.Get)
                .Where(job => job.Facts.Queue.InstallationId == installationId && (state is null || job.Standing.State == state))
                .Take(limit)
                .Select(job => job.ToRecord())],
            cancellationToken));

    /// <inheritdoc/>
    public Task<IReadOnlyList<ClaimedJob>> ClaimAsync(QueueKey queue, string workerId, int limit, CancellationToken cancellationToken) =>
        Task.FromResult(Locked<IReadOnlyList<ClaimedJob>>(
            now => MayClaim(queue, workerId, now)
                ? [.. _jobs.Claimable(queue, now).Take(limit).ToList().Select(job => Claim(job, workerId, now))]
                : [],
            cancellationToken));

    /// <inheritdoc/>
    public Task<IReadOnlyList<ClaimedJob>> ClaimAsync(QueueKey queue, string workerId, Func<int> room, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(room);
        return ClaimAsync(queue, workerId, room(), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<HeartbeatReply> HeartbeatAsync(WorkerHeartbeat heartbeat, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(heartbeat);
        return Task.FromResult(Locked(now => Heartbeat(heartbeat, now), cancellationToken));
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<WorkerRecord>> ListWorkersAsync(Guid installationId, CancellationToken cancellationToken) =>
        Task.FromResult(Locked<IReadOnlyList<WorkerRecord>>(
            now => [.. _workers.Values
                .Where(worker => worker.Queue.InstallationId == installationId && now - worker.LastSeen < ForgetWorkerAfter)
                .OrderBy(worker => worker.Queue.Namespace, StringComparer.Ordinal)
                .ThenBy(worker => worker.Queue.Pool, StringComparer.Ordinal)
                .ThenBy(worker => worker.Heartbeat.WorkerId, StringComparer.Ordinal)
                .Select(worker => worker.ToRecord(IsAlive(worker.Heartbeat.WorkerId, now), [.. _jobs.HeldBy(worker.Heartbeat.WorkerId)]))],
            cancellationToken));

    /// <inheritdoc/>
    public Task DeregisterAsync(string workerId, CancellationToken cancellationToken)
    {
        Locked(
            now =>
            {
                HandBack(_jobs.HeldBy(workerId).Select(_jobs.Get).ToList(), now);
                return _workers.Remove(workerId);
            },
            cancellationToken);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task ReportProgressAsync(JobLease lease, JobProgress progress, CancellationToken cancellationToken)
    {
        OutcomeFaults.ThrowIfAny(progress);
        Locked(
            _ =>
            {
                var job = _jobs.Holds(lease) ? _jobs.Get(lease.Job) : throw new LeaseLostException(lease);
                return Save(job, job.Standing with { Progress = progress });
            },
            cancellationToken);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<JobState?> FinishAsync(JobLease lease, AttemptOutcome outcome, CancellationToken cancellationToken)
    {
        OutcomeFaults.ThrowIfAny(outcome);
        return Task.FromResult(Locked<JobState?>(
            now =>
            {
                if (!_jobs.Holds(lease))
                {
                    return null;
                }

                var job = _jobs.Get(lease.Job);
                Save(job, AttemptRules.Finish(job, outcome, now, Jitter.Next()));
                if (outcome is AttemptOutcome.Snoozed { HoldKey: true } snoozed)
                {
                    _jobs.HoldKey(job.Facts, now + snoozed.For);
                }

                return _jobs.Get(lease.Job).Standing.State;
            },
            cancellationToken));
    }

    /// <inheritdoc/>
    public Task<int> MaintainAsync(CancellationToken cancellationToken) =>
        Task.FromResult(Locked(now => FallDue(now) + RescueSilent(now), cancellationToken));

    /// <inheritdoc/>
    public Task<IReadOnlyList<UnmirroredJob>> ListUnmirroredAsync(Guid installationId, int limit, CancellationToken cancellationToken) =>
        Task.FromResult(Locked<IReadOnlyList<UnmirroredJob>>(
            _ => [.. _jobs.Unmirrored
                .Select(change => (Job: _jobs.Get(change.Job), change.Change))
                .Where(change => change.Job.Facts.Queue.InstallationId == installationId)
                .OrderByDescending(change => change.Job.Standing.IsFinished)
                .ThenBy(change => change.Change)
                .Take(limit)
                .Select(change => new UnmirroredJob(change.Job.ToRecord(), [change.Change]))],
            cancellationToken));

    /// <inheritdoc/>
    public Task AcknowledgeMirroredAsync(IReadOnlyCollection<UnmirroredJob> mirrored, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(mirrored);
        Locked(
            _ =>
            {
                foreach (var (job, changes) in mirrored)
                {
                    _jobs.Acknowledge(job.Id, changes);
                }

                return mirrored.Count;
            },
            cancellationToken);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<JobId>> ListExpiredAsync(Guid installationId, TimeSpan age, int limit, CancellationToken cancellationToken) =>
        Task.FromResult(Locked<IReadOnlyList<JobId>>(
            now => [.. _jobs.Inserted
                .Select(_jobs.Get)
                .Where(job => job.Facts.Queue.InstallationId == installationId && job.Standing.FinishedAt < now - age && _jobs.IsMirrored(job.Facts.Id))
                .Take(limit)
                .Select(job => job.Facts.Id)],
            cancellationToken));

    /// <inheritdoc/>
    public Task ForgetAsync(IReadOnlyCollection<JobId> jobs, bool forGood, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        Locked(
            _ =>
            {
                foreach (var job in jobs)
                {
                    _jobs.Forget(job);
                    if (forGood)
                    {
                        _jobs.ForgetTombstone(job);
                    }
                }

                return jobs.Count;
            },
            cancellationToken);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<QueueDepth> MeasureAsync(QueueKey queue, CancellationToken cancellationToken) =>
        Task.FromResult(Locked(
            now =>
            {
                var waiting = _jobs.Ready(queue).ToList();
                return new QueueDepth(
                    waiting.Count,
                    _jobs.Deferred(queue).Count(job => job.Standing.State is not JobState.AwaitingApproval),
                    _jobs.Held(queue).Count(),
                    waiting.Min(job => (DateTimeOffset?)job.Standing.QueuedAt),
                    _workers.Count(worker => worker.Value.Queue == queue && IsAlive(worker.Key, now)));
            },
            cancellationToken));

    /// <inheritdoc/>
    public bool IsListening => true;

    /// <inheritdoc/>
    public Task<bool> WaitForWorkAsync(QueueKey queue, TimeSpan atMost, CancellationToken cancellationToken) =>
        _signals.WaitAsync(WakeTopics.Lane(queue), atMost, cancellationToken);

    /// <inheritdoc/>
    public Task WaitForChangesAsync(TimeSpan atMost, CancellationToken cancellationToken) =>
        _signals.WaitAsync(WakeTopics.Changes, atMost, cancellationToken);

    /// <summary>How long a worker has not been heard; null when it is not registered.</summary>
    internal TimeSpan? SilenceOf(string workerId)
    {
        lock (_jobs.Gate)
        {
            return _workers.TryGetValue(workerId, out var worker) ? _time.GetUtcNow() - worker.LastSeen : null;
        }
    }

    private UpsertOutcome Upsert(JobRequest request, DateTimeOffset now)
    {
        if (_jobs.Find(request.Id) is { } known)
        {
            return Save(known, RequestRules.Apply(known, request, now)) ? UpsertOutcome.Updated : UpsertOutcome.Unchanged;
        }

        if (_jobs.IsBuried(request))
        {
            return UpsertOutcome.Unchanged;
        }

        var job = new StoredJob(JobFacts.Of(request, now), RequestRules.Admit(request, now));
        _jobs.Insert(job);
        Announce(job);
        return UpsertOutcome.Inserted;
    }

    private ClaimedJob Claim(StoredJob job, string workerId, DateTimeOffset now)
    {
        Save(job, AttemptRules.Claim(job.Standing, workerId, _jobs.NextToken(), now));
        return _jobs.Get(job.Facts.Id).ToClaimedJob();
    }

    private HeartbeatReply Heartbeat(WorkerHeartbeat heartbeat, DateTimeOffset now)
    {
        var known = _workers.GetValueOrDefault(heartbeat.WorkerId);
        var worker = new InMemoryWorker(heartbeat, known?.StartedAt ?? now, now) { DrainRequested = known?.DrainRequested == true };
        _workers[heartbeat.WorkerId] = worker;
        var held = _jobs.HeldBy(heartbeat.WorkerId).Select(id => HeldLease.Of(_jobs.Get(id))).ToList();
        var answer = LeaseComparison.Compare(heartbeat.Held, held, now, _timings.LeaseLength, worker.DrainRequested);
        HandBack(answer.Forgotten.Select(lease => _jobs.Get(lease.Job)), now);
        return answer.Reply;
    }

    private void HandBack(IEnumerable<StoredJob> jobs, DateTimeOffset now)
    {
        foreach (var job in jobs)
        {
            Save(job, AttemptRules.Finish(job, new AttemptOutcome.HandedBack(), now, jitter: 0));
        }
    }

    private int FallDue(DateTimeOffset now) =>
        _jobs.Due(now).Select(_jobs.Get).Count(job => Save(job, WaitingRules.FallDue(job.Standing, now)));

    private int RescueSilent(DateTimeOffset now)
    {
        if (now - _startedAt < _timings.LeaseLength)
        {
            return 0;
        }

        var rescued = 0;
        foreach (var (id, worker) in _workers.Where(worker => !IsAlive(worker.Key, now)).ToList())
        {
            rescued += _jobs.HeldBy(id).Select(_jobs.Get).ToList()
                .Count(job => Save(job, AttemptRules.Rescue(job, worker.LastSeen, now, _timings.MaxRescues)));
            if (now - worker.LastSeen >= ForgetWorkerAfter)
            {
                _workers.Remove(id);
            }
        }

        return rescued;
    }

    private bool MayClaim(QueueKey queue, string workerId, DateTimeOffset now) =>
        !_heldQueues.Contains(queue) && IsAlive(workerId, now) && !_workers[workerId].DrainRequested;

    private bool IsAlive(string workerId, DateTimeOffset now) =>
        _workers.TryGetValue(workerId, out var worker) && now - worker.LastSeen < _timings.LeaseLength;

    private bool Save(StoredJob before, JobStanding after)
    {
        if (!_jobs.Save(before, after))
        {
            return false;
        }

        Announce(_jobs.Get(before.Facts.Id));
        return true;
    }

    private void Announce(StoredJob job)
    {
        _signals.Wake(WakeTopics.Changes);
        if (job.Standing is { State: JobState.Queued } or { StopReason: not null } or { State: JobState.Processing, Suspended: true })
        {
            _signals.Wake(WakeTopics.Lane(job.Facts.Queue));
        }
    }

    private T Locked<T>(Func<DateTimeOffset, T> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_jobs.Gate)
        {
            return work(_time.GetUtcNow());
        }
    }
}
