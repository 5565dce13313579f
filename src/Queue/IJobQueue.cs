namespace PodEngine.Queue;

/// <summary>
/// A durable priority queue of jobs with leases. Two stores keep this contract, PostgreSQL and memory, and one suite of tests proves both.
/// <para>Guarantees: a job accepted is never lost; at most one lease of a job is accepted at a time; exactly one outcome per lease; exactly one end per
/// job; no write of an attempt is accepted once a successor holds the job. A job may run more than once (its worker was lost), so what an attempt buys
/// is recorded in a ledger that joins the same fence.</para>
/// <para>All time is the store's clock. All methods may throw <see cref="QueueUnavailableException"/> when the store cannot be reached; repeating any
/// of them is harmless. What a store is given and refuses, against all that is checked before, is a <see cref="QueueRefusedException"/>; repeating that is
/// in vain.</para>
/// </summary>
public interface IJobQueue
{
    /// <summary>Inserts or changes jobs, keyed by id; all or none. Results are in the order of <paramref name="requests"/>.</summary>
    Task<IReadOnlyList<UpsertOutcome>> UpsertAsync(IReadOnlyList<JobRequest> requests, CancellationToken cancellationToken);

    /// <summary>
    /// Asks a job to end: waiting ones end at once, a running one when its worker reports it (it is told by its heartbeat, at the latest).
    /// False when the job is unknown or already ended.
    /// </summary>
    Task<bool> CancelAsync(JobId job, string reason, CancellationToken cancellationToken);

    /// <summary>One job, or null when it is unknown.</summary>
    Task<JobRecord?> FindAsync(JobId job, CancellationToken cancellationToken);

    /// <summary>Jobs of an installation, newest first, at most <paramref name="limit"/>.</summary>
    Task<IReadOnlyList<JobRecord>> ListAsync(Guid installationId, JobState? state, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Takes up to <paramref name="limit"/> claimable jobs in the order of their claim key (due time − priority × 60 s). Empty when there are none; fewer
    /// than there is room for does not mean that there are no more.
    /// The worker must have sent a heartbeat within the lease length: one that has not gets nothing, for its leases would be rescued at once.
    /// </summary>
    Task<IReadOnlyList<ClaimedJob>> ClaimAsync(QueueKey queue, string workerId, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// The same for a worker whose room grows while it asks: <paramref name="room"/> is asked how many jobs there is room for when the claim is sent,
    /// together with the outcomes that made the room. None are claimed when it answers 0. It may be called from another thread.
    /// </summary>
    Task<IReadOnlyList<ClaimedJob>> ClaimAsync(QueueKey queue, string workerId, Func<int> room, CancellationToken cancellationToken);

    /// <summary>Registers the worker if it is new, renews what it holds and tells it what to stop. Send every <see cref="QueueTimings.HeartbeatInterval"/>.</summary>
    Task<HeartbeatReply> HeartbeatAsync(WorkerHeartbeat heartbeat, CancellationToken cancellationToken);

    /// <summary>
    /// Workers of an installation heard of within the last hour, by queue and id; those that left are not among them.
    /// </summary>
    Task<IReadOnlyList<WorkerRecord>> ListWorkersAsync(Guid installationId, CancellationToken cancellationToken);

    /// <summary>Removes a worker at the end of its drain. What it still holds by the store's account is handed back.</summary>
    Task DeregisterAsync(string workerId, CancellationToken cancellationToken);

    /// <summary>
    /// Stores progress, or keeps it back for a moment when the attempt reports often (<see cref="QueueTimings.ProgressInterval"/>). Throws
    /// <see cref="LeaseLostException"/> when it is refused because a successor holds the job.
    /// </summary>
    Task ReportProgressAsync(JobLease lease, JobProgress progress, CancellationToken cancellationToken);

    /// <summary>
    /// Ends an attempt. Returns the state the job is in now, or null when the lease was no longer the job's and nothing changed.
    /// A repeat of an accepted call (its answer was lost) returns null.
    /// </summary>
    Task<JobState?> FinishAsync(JobLease lease, AttemptOutcome outcome, CancellationToken cancellationToken);

    /// <summary>
    /// The leader's duties, safe to run anywhere and twice: due jobs become claimable, leases of silent workers are rescued, expired approvals are
    /// cancelled. Returns how many jobs changed. Nobody is rescued within one lease length of the store's own start or of this process's (re)connect.
    /// </summary>
    Task<int> MaintainAsync(CancellationToken cancellationToken);

    /// <summary>Jobs of an installation changed since they were last acknowledged, finished ones first, at most <paramref name="limit"/>.</summary>
    Task<IReadOnlyList<UnmirroredJob>> ListUnmirroredAsync(Guid installationId, int limit, CancellationToken cancellationToken);

    /// <summary>Says that these, as they were listed, were mirrored; a job changed since stays unmirrored.</summary>
    Task AcknowledgeMirroredAsync(IReadOnlyCollection<UnmirroredJob> mirrored, CancellationToken cancellationToken);

    /// <summary>
    /// Jobs of an installation that ended at least <paramref name="age"/> ago and are not unmirrored, in no certain order, at most <paramref name="limit"/>.
    /// </summary>
    Task<IReadOnlyList<JobId>> ListExpiredAsync(Guid installationId, TimeSpan age, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Removes finished jobs that are not unmirrored, and with them what other stores behind the same fence know of them; others stay. A tombstone of each
    /// stays, so that a job applied again changes nothing unless its retry token does; <paramref name="forGood"/> removes that too.
    /// </summary>
    Task ForgetAsync(IReadOnlyCollection<JobId> jobs, bool forGood, CancellationToken cancellationToken);

    /// <summary>Counts of one queue, from one snapshot.</summary>
    Task<QueueDepth> MeasureAsync(QueueKey queue, CancellationToken cancellationToken);

    /// <summary>
    /// True while other processes' wake-ups arrive. While it is false, waiting is polling: waits end early, and a worker that holds jobs sends its
    /// heartbeat every <see cref="QueueTimings.HeartbeatIntervalPolling"/> to hear of cancels in time.
    /// </summary>
    bool IsListening { get; }

    /// <summary>
    /// Returns when jobs of the queue may have become claimable or a running job of it was asked to stop (true), or after <paramref name="atMost"/>, or
    /// sooner where there are no wake-ups (false). Wakes may be lost or false: it only shortens the wait.
    /// </summary>
    Task<bool> WaitForWorkAsync(QueueKey queue, TimeSpan atMost, CancellationToken cancellationToken);

    /// <summary>Returns when jobs may have become unmirrored, or after <paramref name="atMost"/>.</summary>
    Task WaitForChangesAsync(TimeSpan atMost, CancellationToken cancellationToken);
}
