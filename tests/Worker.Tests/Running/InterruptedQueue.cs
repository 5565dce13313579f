using PodEngine.Queue;
using PodEngine.Queue.InMemory;

namespace PodEngine.Worker.Tests.Running;

/// <summary>A queue in memory that can be taken away and brought back.</summary>
internal sealed class InterruptedQueue(QueueTimings timings) : IJobQueue
{
    private readonly InMemoryJobQueue _queue = new(TimeProvider.System, timings);
    private volatile bool _away;

    public bool Away
    {
        get => _away;
        set => _away = value;
    }

    /// <summary>Jobs of one claim, as every store has its bound.</summary>
    public int MostAtATime { get; set; } = int.MaxValue;

    public Task<IReadOnlyList<UpsertOutcome>> UpsertAsync(IReadOnlyList<JobRequest> requests, CancellationToken cancellationToken) => _queue.UpsertAsync(requests, cancellationToken);

    public Task<bool> CancelAsync(JobId job, string reason, CancellationToken cancellationToken) => _queue.CancelAsync(job, reason, cancellationToken);

    public Task<JobRecord?> FindAsync(JobId job, CancellationToken cancellationToken) => _queue.FindAsync(job, cancellationToken);

    public Task<IReadOnlyList<JobRecord>> ListAsync(Guid installationId, JobState? state, int limit, CancellationToken cancellationToken) => _queue.ListAsync(installationId, state, limit, cancellationToken);

    public Task<IReadOnlyList<ClaimedJob>> ClaimAsync(QueueKey queue, string workerId, int limit, CancellationToken cancellationToken) =>
        Reached().ClaimAsync(queue, workerId, Math.Min(limit, MostAtATime), cancellationToken);

    public Task<IReadOnlyList<ClaimedJob>> ClaimAsync(QueueKey queue, string workerId, Func<int> room, CancellationToken cancellationToken) =>
        Reached().ClaimAsync(queue, workerId, room, cancellationToken);

    public Task<HeartbeatReply> HeartbeatAsync(WorkerHeartbeat heartbeat, CancellationToken cancellationToken) => Reached().HeartbeatAsync(heartbeat, cancellationToken);

    public Task<IReadOnlyList<WorkerRecord>> ListWorkersAsync(Guid installationId, CancellationToken cancellationToken) =>
        _queue.ListWorkersAsync(installationId, cancellationToken);

    public Task DeregisterAsync(string workerId, CancellationToken cancellationToken) => Reached().DeregisterAsync(workerId, cancellationToken);

    public Task ReportProgressAsync(JobLease lease, JobProgress progress, CancellationToken cancellationToken) => Reached().ReportProgressAsync(lease, progress, cancellationToken);

    public Task<JobState?> FinishAsync(JobLease lease, AttemptOutcome outcome, CancellationToken cancellationToken) => Reached().FinishAsync(lease, outcome, cancellationToken);

    public Task<int> MaintainAsync(CancellationToken cancellationToken) => _queue.MaintainAsync(cancellationToken);

    public Task<IReadOnlyList<UnmirroredJob>> ListUnmirroredAsync(Guid installationId, int limit, CancellationToken cancellationToken) => _queue.ListUnmirroredAsync(installationId, limit, cancellationToken);

    public Task AcknowledgeMirroredAsync(IReadOnlyCollection<UnmirroredJob> mirrored, CancellationToken cancellationToken) => _queue.AcknowledgeMirroredAsync(mirrored, cancellationToken);

    public Task<IReadOnlyList<JobId>> ListExpiredAsync(Guid installationId, TimeSpan age, int limit, CancellationToken cancellationToken) =>
        _queue.ListExpiredAsync(installationId, age, limit, cancellationToken);

    public Task ForgetAsync(IReadOnlyCollection<JobId> jobs, bool forGood, CancellationToken cancellationToken) => _queue.ForgetAsync(jobs, forGood, cancellationToken);

    public Task<QueueDepth> MeasureAsync(QueueKey queue, CancellationToken cancellationToken) => _queue.MeasureAsync(queue, cancellationToken);

    /// <summary>No wake-up arrives: waiting is polling.</summary>
    public bool Deaf { get; init; }

    public bool IsListening => !Deaf;

    public Task<bool> WaitForWorkAsync(QueueKey queue, TimeSpan atMost, CancellationToken cancellationToken) => Deaf ? PollAsync(atMost, cancellationToken) : _queue.WaitForWorkAsync(queue, atMost, cancellationToken);

    public Task WaitForChangesAsync(TimeSpan atMost, CancellationToken cancellationToken) => _queue.WaitForChangesAsync(atMost, cancellationToken);

    private static async Task<bool> PollAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        await Task.Delay(atMost, TimeProvider.System, cancellationToken);
        return false;
    }

    private InMemoryJobQueue Reached() => _away ? throw new QueueUnavailableException("The store is away for a test.") : _queue;
}
