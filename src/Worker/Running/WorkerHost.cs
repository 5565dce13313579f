using PodEngine.Pipeline;
using PodEngine.Pipeline.Attempts;
using PodEngine.Queue;

namespace PodEngine.Worker.Running;

/// <summary>
/// One worker of a pool: registers, keeps its heartbeat, claims jobs, runs them, reports.
/// <para>Stopping has two phases. First it claims nothing more, jobs finish their step and go back to the queue unless they end; after
/// <see cref="WorkerOptions.Drain"/> the rest is stopped where it is and handed back, remote work going on for whoever resumes the job.</para>
/// <para>While the store is away running jobs go on as far as they can without a new side effect, and nothing is claimed.</para>
/// </summary>
public sealed class WorkerHost
{
    private static readonly TimeSpan DeregisterDeadline = TimeSpan.FromSeconds(3);
    private readonly WorkerOptions _options;
    private readonly IJobQueue _queue;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly HeldJobs _held = new();
    private readonly HeartbeatLoop _heartbeat;
    private readonly ClaimLoop _claims;
    private volatile bool _stopping;

    /// <summary>A worker; <see cref="RunAsync"/> starts it.</summary>
    public WorkerHost(WorkerOptions options, IJobQueue queue, IJobPipeline pipeline, TimeProvider time, ILogger<WorkerHost> logger)
    {
        (_options, _queue, _time, _logger) = (options, queue, time, logger);
        var store = new StoreWatch(time, logger);
        var tally = new OutcomeTally();
        _heartbeat = new HeartbeatLoop(options, queue, _held, tally, store, time, logger);
        var runner = new JobRunner(queue, pipeline, tally, store, time, logger);
        _claims = new ClaimLoop(options, queue, _held, runner, _heartbeat, store, time, logger);
    }

    /// <summary>The worker's id.</summary>
    public string WorkerId => _options.WorkerId;

    /// <summary>True while the worker is registered, heard of within its lease, and not stopping.</summary>
    public bool IsReady => !_stopping && !_heartbeat.DrainRequested && _heartbeat.IsFresh;

    /// <summary>Jobs held now.</summary>
    public int HeldCount => _held.Count;

    /// <summary>Ends once the store has accepted the worker.</summary>
    public Task Registered => _heartbeat.Registered;

    /// <summary>Runs until <paramref name="stop"/> is cancelled and both phases of stopping are over. Call it once.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var beating = new CancellationTokenSource();
        using var reporting = new CancellationTokenSource(Timeout.InfiniteTimeSpan, _time);
        var heartbeat = _heartbeat.RunAsync(beating.Token);
        if (await RegisteredAsync(stop))
        {
            await _claims.RunAsync(stop, reporting.Token);
        }

        await DrainAsync(reporting);
        await beating.CancelAsync();
        await EndedAsync(heartbeat);
        await DeregisterAsync();
        Log.Stopped(_logger, _options.WorkerId);
    }

    private async Task<bool> RegisteredAsync(CancellationToken stop)
    {
        try
        {
            await _heartbeat.Registered.WaitAsync(stop);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task DrainAsync(CancellationTokenSource reporting)
    {
        _stopping = true;
        _heartbeat.Draining = true;
        _heartbeat.BeatNow();
        Log.Draining(_logger, _options.WorkerId, _held.Count, _options.Drain);
        foreach (var job in _held.All)
        {
            job.Control.Drain();
        }

        var runs = _claims.AllRunsAsync();
        await Task.WhenAny(runs, Task.Delay(_options.Drain, _time, CancellationToken.None));
        foreach (var job in _held.All)
        {
            job.Control.Stop(StopReason.HandBack);
        }

        reporting.CancelAfter(_options.ReportAfterDrain);
        await EndedAsync(runs);
    }

    private async Task DeregisterAsync()
    {
        if (!_heartbeat.Registered.IsCompleted)
        {
            return;
        }

        using var deadline = new CancellationTokenSource(DeregisterDeadline, _time);
        try
        {
            await _queue.DeregisterAsync(_options.WorkerId, deadline.Token);
        }
        catch (Exception failure) when (failure is QueueUnavailableException or OperationCanceledException)
        {
            Log.NotDeregistered(_logger, _options.WorkerId, failure.Message);
        }
    }

    // Loops end by cancellation; anything else they throw was logged where it happened.
    private static Task EndedAsync(Task task) =>
        task.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
}
