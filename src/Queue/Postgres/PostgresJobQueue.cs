using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using PodEngine.Queue.Lifecycle;
using PodEngine.Queue.Postgres.Claiming;
using PodEngine.Queue.Postgres.Completing;
using PodEngine.Queue.Postgres.Connecting;
using PodEngine.Queue.Postgres.Counting;
using PodEngine.Queue.Postgres.Deferring;
using PodEngine.Queue.Postgres.Exchanging;
using PodEngine.Queue.Postgres.Expiring;
using PodEngine.Queue.Postgres.Inserting;
using PodEngine.Queue.Postgres.Leasing;
using PodEngine.Queue.Postgres.Migrations;
using PodEngine.Queue.Postgres.Mirroring;
using PodEngine.Queue.Postgres.Notifying;
using PodEngine.Queue.Postgres.Reading;
using PodEngine.Queue.Postgres.Rescuing;
using PodEngine.Queue.Postgres.Standing;
using PodEngine.Queue.Postgres.Steering;
using PodEngine.Queue.Waking;

namespace PodEngine.Queue.Postgres;

/// <summary>
/// The queue in PostgreSQL 15 or later. What a call changes it changes in one transaction, but for maintenance, which goes in batches; outcomes, progress and
/// claims of many callers share one. Time is the database's. Construction connects to nothing.
/// <para>Disposing it ends its listening connection and sends the wake-ups that are still due; the <see cref="PostgresStore"/> stays its owner's.</para>
/// </summary>
public sealed partial class PostgresJobQueue : IJobQueue, IAsyncDisposable
{
    private const int MaintenanceBatch = 500;

    /// <summary>Between looks while notifications do not arrive: an idle process then asks less than once a second, its heartbeat included.</summary>
    private static readonly TimeSpan LongestPoll = TimeSpan.FromSeconds(2);

    private readonly PostgresStore _store;
    private readonly SchemaGate _gate;
    private readonly WakeSignals _signals = new(TimeProvider.System);
    private readonly WakeSender _sender;
    private readonly Lazy<WakeListener> _listener;
    private readonly JobUpserter _upserter;
    private readonly JobCanceller _canceller;
    private readonly AttemptCloser _closer;
    private readonly Exchanger _exchanger;
    private readonly StoreExchange _exchange;
    private readonly KeptConnection _exchangeConnection = new();
    private readonly ProgressReports _progress;
    private readonly LaneDirectory _lanes;
    private readonly LaneCounts _counts;
    private readonly ExpiredJobs _expired;
    private readonly WorkerRegistry _workers;
    private readonly WorkerSteerer _steerer;
    private readonly DueJobs _due;
    private readonly JobRescuer _rescuer;
    private readonly UnmirroredJobs _unmirrored;
    private readonly JobFinder _finder;

    /// <param name="store">The database; migrated by <see cref="PostgresMigrator"/>, or still to be: until then every call says so.</param>
    /// <param name="timings">The clocks of the lease protocol; the same for everybody who shares the database.</param>
    /// <param name="logger">For what goes on beside the calls: listening.</param>
    public PostgresJobQueue(PostgresStore store, QueueTimings? timings = null, ILogger<PostgresJobQueue>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        var clocks = timings ?? new QueueTimings();
        ILogger log = logger ?? NullLogger<PostgresJobQueue>.Instance;
        var jobs = new StoredJobs(store);
        _store = store;
        _gate = new SchemaGate(store, QueueMigrations.Component);
        _sender = new WakeSender(store, log);
        _listener = new Lazy<WakeListener>(() => new WakeListener(store, _signals, log));
        _lanes = new LaneDirectory(store);
        _upserter = new JobUpserter(store, jobs);
        _canceller = new JobCanceller(jobs);
        _closer = new AttemptCloser(store, jobs);
        _exchanger = new Exchanger(new JobCompleter(store), new JobClaimer(store, clocks));
        _exchange = new StoreExchange(ApplyAsync, ExchangeAsync);
        _progress = new ProgressReports(new ProgressThrottle(clocks.ProgressInterval, TimeProvider.System), _exchange.WriteAsync);
        _counts = new LaneCounts(store);
        _expired = new ExpiredJobs(store);
        _workers = new WorkerRegistry(store, jobs, clocks);
        _steerer = new WorkerSteerer(store, clocks);
        _due = new DueJobs(store, jobs);
        _rescuer = new JobRescuer(store, jobs, clocks, store.TestClock ?? TimeProvider.System);
        _unmirrored = new UnmirroredJobs(store, jobs);
        _finder = new JobFinder(store, jobs, clocks);
    }

    /// <inheritdoc/>
    public bool IsListening => _listener is { IsValueCreated: true, Value.IsLive: true };

    /// <inheritdoc/>
    public async Task<IReadOnlyList<UpsertOutcome>> UpsertAsync(IReadOnlyList<JobRequest> requests, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(requests);
        RequestFaults.ThrowIfAny(requests);
        if (requests.Count == 0)
        {
            return [];
        }

        var lanes = await LanesAsync([.. requests.Select(LaneKey.Of)], cancellationToken);
        return await ChangeAsync((connection, token) => _upserter.UpsertAsync(connection, requests, lanes, token), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> CancelAsync(JobId job, string reason, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(reason);
        return ChangeAsync((connection, token) => _canceller.CancelAsync(connection, job, reason, token), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<JobRecord?> FindAsync(JobId job, CancellationToken cancellationToken) =>
        (await TransactAsync((connection, token) => _finder.FindAsync(connection, job, token), cancellationToken))?.ToRecord();

    /// <inheritdoc/>
    public async Task<IReadOnlyList<JobRecord>> ListAsync(Guid installationId, JobState? state, int limit, CancellationToken cancellationToken) =>
        Records(await TransactAsync((connection, token) => _finder.ListAsync(connection, installationId, state, limit, token), cancellationToken));

    /// <inheritdoc/>
    public Task<IReadOnlyList<ClaimedJob>> ClaimAsync(QueueKey queue, string workerId, int limit, CancellationToken cancellationToken) =>
        ClaimAsync(queue, workerId, () => limit, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ClaimedJob>> ClaimAsync(QueueKey queue, string workerId, Func<int> room, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(queue);
        ArgumentNullException.ThrowIfNull(room);
        return _exchange.ClaimAsync(new ClaimRequest(queue, workerId, room), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<HeartbeatReply> HeartbeatAsync(WorkerHeartbeat heartbeat, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(heartbeat);
        var lane = await LanesAsync([LaneKey.Of(heartbeat.Queue)], cancellationToken);
        var reply = await ChangeAsync((connection, token) => _workers.HeartbeatAsync(connection, heartbeat, lane[0], token), cancellationToken);
        foreach (var lost in reply.Lost)
        {
            _progress.Forget(lost);
        }

        _progress.StoreHeldBack(heartbeat.Held);
        return reply;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<WorkerRecord>> ListWorkersAsync(Guid installationId, CancellationToken cancellationToken) =>
        TransactAsync((connection, token) => _workers.ListAsync(connection, installationId, token), cancellationToken);

    /// <inheritdoc/>
    public Task DeregisterAsync(string workerId, CancellationToken cancellationToken) =>
        ChangeAsync((connection, token) => _workers.DeregisterAsync(connection, workerId, token), cancellationToken);

    /// <inheritdoc/>
    public Task ReportProgressAsync(JobLease lease, JobProgress progress, CancellationToken cancellationToken)
    {
        OutcomeFaults.ThrowIfAny(progress);
        return _progress.ReportAsync(lease, progress, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<JobState?> FinishAsync(JobLease lease, AttemptOutcome outcome, CancellationToken cancellationToken)
    {
        OutcomeFaults.ThrowIfAny(outcome);
        return _progress.FinishAsync(new AttemptWrite.Outcome(lease, outcome), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<int> MaintainAsync(CancellationToken cancellationToken)
    {
        var changed = await InBatchesAsync(_due.FallDueAsync, cancellationToken) + await InBatchesAsync(_rescuer.RescueAsync, cancellationToken);
        await TransactAsync(_counts.FoldAsync, cancellationToken);
        return changed;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<UnmirroredJob>> ListUnmirroredAsync(Guid installationId, int limit, CancellationToken cancellationToken) =>
        TransactAsync((connection, token) => _unmirrored.ListAsync(connection, installationId, limit, token), cancellationToken);

    /// <inheritdoc/>
    public Task AcknowledgeMirroredAsync(IReadOnlyCollection<UnmirroredJob> mirrored, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(mirrored);
        return mirrored.Count == 0
            ? Task.CompletedTask
            : TransactAsync((connection, token) => _unmirrored.AcknowledgeAsync(connection, mirrored, token), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<JobId>> ListExpiredAsync(Guid installationId, TimeSpan age, int limit, CancellationToken cancellationToken) =>
        TransactAsync((connection, token) => _expired.ListAsync(connection, installationId, age, limit, token), cancellationToken);

    /// <inheritdoc/>
    public Task ForgetAsync(IReadOnlyCollection<JobId> jobs, bool forGood, CancellationToken cancellationToken) =>
        TransactAsync((connection, token) => _expired.ForgetAsync(connection, jobs, forGood, token), cancellationToken);

    /// <inheritdoc/>
    public Task<QueueDepth> MeasureAsync(QueueKey queue, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(queue);
        return TransactAsync((connection, token) => _finder.MeasureAsync(connection, queue, token), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> WaitForWorkAsync(QueueKey queue, TimeSpan atMost, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(queue);
        return WaitAsync(WakeTopics.Lane(queue), atMost, cancellationToken);
    }

    /// <inheritdoc/>
    public Task WaitForChangesAsync(TimeSpan atMost, CancellationToken cancellationToken) => WaitAsync(WakeTopics.Changes, atMost, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _exchange.DisposeAsync();
        await _exchangeConnection.DisposeAsync();
        await _progress.DisposeAsync();
        await _sender.DisposeAsync();
        if (_listener.IsValueCreated)
        {
            await _listener.Value.DisposeAsync();
        }
    }

    private Task<JobState?[]> ApplyAsync(IReadOnlyList<AttemptWrite> writes) =>
        ChangeAsync((connection, token) => _closer.ApplyAsync(connection, writes, token), CancellationToken.None);

    private async Task<ExchangeAnswer> ExchangeAsync(Exchange exchange)
    {
        await _gate.PassAsync(CancellationToken.None);
        var answer = await _store.ExecuteAsync(
            _exchangeConnection,
            (connection, token) => _exchanger.ExchangeAsync(connection, exchange, token), CancellationToken.None);
        if (answer.Completions.Any(state => state is not null) || answer.Claims.Any(jobs => jobs.Count > 0))
        {
            Announce(WakeTopics.Changes);
        }

        return answer;
    }

    private async Task<int[]> LanesAsync(LaneKey[] lanes, CancellationToken cancellationToken)
    {
        await _gate.PassAsync(cancellationToken);
        return await _lanes.IdsAsync(lanes, cancellationToken);
    }

    private Task<bool> WaitAsync(string topic, TimeSpan atMost, CancellationToken cancellationToken)
    {
        // Without notifications waiting is polling: whoever waits looks again soon, each at another moment.
        var wait = _listener.Value.IsLive ? atMost : Shorter(atMost, LongestPoll * (1 - (0.25 * Jitter.Next())));
        return _signals.WaitAsync(topic, wait, cancellationToken);
    }

    private async Task<int> InBatchesAsync(
        Func<NpgsqlConnection, int, CancellationToken, Task<JobsChanged<int>>> duty, CancellationToken cancellationToken)
    {
        var total = 0;
        while (await ChangeAsync((connection, token) => duty(connection, MaintenanceBatch, token), cancellationToken) is var count and > 0)
        {
            total += count;
            if (count < MaintenanceBatch)
            {
                break;
            }
        }

        return total;
    }

    private async Task<T> ChangeAsync<T>(
        Func<NpgsqlConnection, CancellationToken, Task<JobsChanged<T>>> change, CancellationToken cancellationToken)
    {
        var changed = await TransactAsync(change, cancellationToken);
        if (changed.Jobs.Count > 0)
        {
            Announce(WakeTopics.Changes);
        }

        foreach (var queue in changed.Jobs.Where(CallsForWorkers).Select(job => job.Facts.Queue).Distinct())
        {
            Announce(WakeTopics.Lane(queue));
        }

        return changed.Answer;
    }

    private async Task<T> TransactAsync<T>(Func<NpgsqlConnection, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        await _gate.PassAsync(cancellationToken);
        return await _store.TransactAsync(work, cancellationToken);
    }

    /// <summary>Wakes this process at once and the others by notification.</summary>
    private void Announce(string topic)
    {
        _signals.Wake(topic);
        _sender.Send(topic);
    }

    private static bool CallsForWorkers(StoredJob job) =>
        job.Standing is { State: JobState.Queued } or { StopReason: not null } or { State: JobState.Processing, Suspended: true };

    private static IReadOnlyList<JobRecord> Records(IEnumerable<StoredJob> jobs) => [.. jobs.Select(job => job.ToRecord())];

    private static TimeSpan Shorter(TimeSpan left, TimeSpan right) => left < right ? left : right;
}
