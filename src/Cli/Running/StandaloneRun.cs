using PodEngine.Cli.Reports;
using PodEngine.Ledger.InMemory;
using PodEngine.Pipeline;
using PodEngine.Providers.Http;
using PodEngine.Queue;
using PodEngine.Queue.InMemory;
using PodEngine.Resources.WorkerPools;
using PodEngine.Shared.Pools;
using PodEngine.Storage;
using PodEngine.Worker.Limits;
using PodEngine.Worker.Running;

namespace PodEngine.Cli.Running;

/// <summary>
/// Runs admitted jobs to their end in this process: queue and ledger in memory, one worker per pool, the same pipeline as in a cluster. Owns all of it;
/// disposing returns once the workers have stopped.
/// </summary>
internal sealed class StandaloneRun : IAsyncDisposable
{
    private readonly Guid _installationId;
    private readonly SimulatedServices? _simulated;
    private readonly ILoggerFactory _logs;
    private readonly TimeProvider _time;
    private readonly InMemoryJobQueue _queue;
    private readonly InMemoryJobLedger _ledger;
    private readonly InMemorySharedLimits _limits;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<PoolPipeline> _pipelines = [];
    private readonly List<Task> _workers = [];

    /// <param name="installationId">The installation the jobs were admitted for.</param>
    /// <param name="storageFolder">Where pictures are kept while the jobs run.</param>
    /// <param name="simulated">The simulated outside services; null for those the pools name.</param>
    /// <param name="logs">Where workers log to.</param>
    /// <param name="time">The clock.</param>
    public StandaloneRun(Guid installationId, string storageFolder, SimulatedServices? simulated, ILoggerFactory logs, TimeProvider time)
    {
        (_installationId, _simulated, _logs, _time) = (installationId, simulated, logs, time);
        Storage = new FileSystemStorage(storageFolder);
        StorageFolder = storageFolder;
        _queue = new InMemoryJobQueue(time);
        _ledger = new InMemoryJobLedger(_queue);
        _limits = new InMemorySharedLimits(_queue);
    }

    /// <summary>Where pictures are.</summary>
    public FileSystemStorage Storage { get; }

    private string StorageFolder { get; }

    /// <summary>Queues the jobs, starts a worker for each of their pools and returns once every job has ended.</summary>
    /// <param name="jobs">The jobs.</param>
    /// <param name="changed">Told of all jobs each time one of them has changed.</param>
    /// <param name="cancellationToken">Stops waiting; the jobs are handed back when the run is disposed.</param>
    public async Task<IReadOnlyList<JobReport>> RunAsync(
        IReadOnlyList<AdmittedJob> jobs, Action<IReadOnlyList<JobReport>> changed, CancellationToken cancellationToken)
    {
        await _queue.UpsertAsync([.. jobs.Select(job => job.Request)], cancellationToken);
        foreach (var pool in jobs.Select(job => job.Pool).Distinct())
        {
            StartWorker(pool);
        }

        while (true)
        {
            var reports = await ReportAsync(jobs, cancellationToken);
            changed(reports);
            if (reports.All(report => report.Record.IsFinished))
            {
                return reports;
            }

            await EndEarlyWhenAWorkerDied();
            await _queue.MaintainAsync(cancellationToken);
            await _limits.MaintainAsync(cancellationToken);
            await _queue.WaitForChangesAsync(TimeSpan.FromMilliseconds(250), cancellationToken);
            await _queue.AcknowledgeMirroredAsync(await _queue.ListUnmirroredAsync(_installationId, jobs.Count, cancellationToken), cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_workers);
        _pipelines.ForEach(pipeline => pipeline.Dispose());
        _stop.Dispose();
    }

    private void StartWorker(WorkerPool pool)
    {
        var settings = Settings(pool);
        var id = WorkerOptions.NewWorkerId(Environment.MachineName);
        Func<string, string?> credentials = _simulated is null ? Environment.GetEnvironmentVariable : SimulatedServices.Credentials;
        var pipeline = new PoolPipeline(settings, new PoolPipelineSetup
        {
            Queue = _queue,
            Ledger = _ledger,
            Storage = Storage,
            WorkerId = id,
            ClaudeKey = () => credentials("CLAUDE_API_KEY") ?? credentials("ANTHROPIC_API_KEY"),
            PrintifyKey = () => credentials("PRINTIFY_API_KEY"),
            Budget = new SharedRequestBudget(_limits, _installationId, BudgetKeys.Documented),
            Time = _time,
            Logs = _logs,
        });
        var options = new WorkerOptions
        {
            WorkerId = id,
            Host = Environment.MachineName,
            Queue = new QueueKey(_installationId, settings.Namespace, settings.Pool),
            Concurrency = settings.Concurrency,
            Drain = TimeSpan.FromSeconds(5),
        };
        _pipelines.Add(pipeline);
        _workers.Add(new WorkerHost(options, _queue, pipeline.Runner, _time, _logs.CreateLogger<WorkerHost>()).RunAsync(_stop.Token));
    }

    private PoolSettings Settings(WorkerPool pool)
    {
        var named = pool with { Metadata = pool.Metadata with { Namespace = pool.Metadata.Namespace ?? Manifests.ManifestSet.DefaultNamespace } };
        var settings = PoolSettingsRenderer.Render(named, _installationId, endpoint: null, StorageFolder);
        return _simulated?.Redirect(settings) ?? settings;
    }

    private async Task<IReadOnlyList<JobReport>> ReportAsync(IReadOnlyList<AdmittedJob> jobs, CancellationToken cancellationToken)
    {
        var reports = new List<JobReport>(jobs.Count);
        foreach (var job in jobs)
        {
            var record = await _queue.FindAsync(job.Request.Id, cancellationToken) ?? throw new InvalidOperationException($"The queue lost job {job.Request.Name}.");
            reports.Add(new JobReport(record, job.Snapshot, await _ledger.ReadAsync(job.Request.Id, cancellationToken)));
        }

        return reports;
    }

    // A worker only ends when it is stopped; one that ended by a defect would leave its jobs waiting for ever.
    private async Task EndEarlyWhenAWorkerDied()
    {
        if (_workers.Find(worker => worker.IsCompleted) is { } ended)
        {
            await ended;
            throw new InvalidOperationException("A worker ended while its jobs were waiting.");
        }
    }
}
