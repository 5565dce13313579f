using PodEngine.Ledger.Postgres;
using PodEngine.Pipeline;
using PodEngine.Providers.Http;
using PodEngine.Queue;
using PodEngine.Queue.Postgres;
using PodEngine.Queue.Postgres.Connecting;
using PodEngine.Storage;
using PodEngine.Worker.Faults;
using PodEngine.Worker.Limits;
using PodEngine.Worker.Running;
using PodEngine.Worker.Settings;

namespace PodEngine.Worker.Hosting;

/// <summary>A worker on PostgreSQL, put together from its settings. Owns the database connections and the provider clients.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    private readonly PostgresStore _database;
    private readonly PostgresJobQueue _queue;
    private readonly PostgresSharedLimits _limits;
    private readonly PoolPipeline _pipeline;

    public WorkerProcess(WorkerSettings settings, Func<string, string?> environment, TimeProvider time, ILoggerFactory logs)
    {
        var pool = settings.Pool;
        var lane = new QueueKey(pool.InstallationId, pool.Namespace, pool.Pool);
        var id = WorkerOptions.NewWorkerId(settings.Host);
        var credentials = new CredentialSource(settings.CredentialsFolder, environment);
        _database = PostgresStore.Open(settings.DatabaseUrl, settings.DatabaseListenUrl);
        _queue = new PostgresJobQueue(_database, settings.Timings, logs.CreateLogger<PostgresJobQueue>());
        _limits = new PostgresSharedLimits(_database, settings.Timings);
        _pipeline = new PoolPipeline(pool, new PoolPipelineSetup
        {
            Queue = _queue,
            Ledger = new PostgresJobLedger(_database),
            Storage = new FileSystemStorage(settings.StoragePath),
            WorkerId = id,
            ClaudeKey = credentials.Claude,
            PrintifyKey = credentials.Printify,
            ClaudeModel = settings.ClaudeModel,
            ProviderCall = settings.ProviderCall,
            Budget = new SharedRequestBudget(_limits, pool.InstallationId, BudgetKeys.Documented),
            Options = Options(settings),
            Time = time,
            Logs = logs,
        });
        Host = new WorkerHost(
            new WorkerOptions
            {
                WorkerId = id,
                Host = settings.Host,
                Queue = lane,
                Concurrency = pool.Concurrency,
                Hold = pool.Hold,
                Drain = TimeSpan.FromSeconds(pool.DrainSeconds),
                Timings = settings.Timings,
            },
            _queue,
            _pipeline.Runner,
            time,
            logs.CreateLogger<WorkerHost>());
    }

    public WorkerHost Host { get; }

    public async ValueTask DisposeAsync()
    {
        _pipeline.Dispose();
        await _limits.DisposeAsync();
        await _queue.DisposeAsync();
        await _database.DisposeAsync();
    }

    private static PipelineOptions Options(WorkerSettings settings)
    {
        var options = new PipelineOptions();
        return options with
        {
            SettleMargin = settings.SettleMargin ?? options.SettleMargin,
            Signal = settings.CrashAt is { } crashAt ? point => CrashAt(crashAt, point.ToString()) : null,
        };
    }

    private static void CrashAt(string wanted, string point)
    {
        if (string.Equals(wanted, point, StringComparison.OrdinalIgnoreCase))
        {
            SelfKill.Now();
        }
    }
}
