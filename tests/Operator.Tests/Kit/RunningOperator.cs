using Microsoft.Extensions.Logging;
using PodEngine.Kubernetes.Client;
using PodEngine.Ledger.Postgres;
using PodEngine.Ledger.Postgres.Migrations;
using PodEngine.Operator.Hosting;
using PodEngine.Operator.Settings;
using PodEngine.Queue.Postgres;
using PodEngine.Queue.Postgres.Connecting;
using PodEngine.Queue.Postgres.Migrations;

namespace PodEngine.Operator.Tests.Kit;

/// <summary>The whole operator in this process, for one namespace. What it logs goes to the test's output.</summary>
internal sealed class RunningOperator : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly ILoggerFactory loggers;
    private readonly PostgresStore store;
    private readonly PostgresJobQueue queue;
    private readonly PostgresSharedLimits limits;
    private readonly OperatorRun run;
    private readonly Task<int> ending;

    private RunningOperator(OperatorWorld world, string? databaseUrl, string? kubeconfig)
    {
        Log = new TestLog();
        loggers = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Information).AddProvider(Log));
        var settings = new OperatorSettings
        {
            DatabaseUrl = databaseUrl ?? world.Database.Uri,
            WatchNamespace = world.Namespace,
            PodNamespace = world.Namespace,
            PodName = "operator",
            InstallationId = world.InstallationId,
            MetricsUrl = "unused",
            ProbesUrl = "unused",
        };
        store = PostgresStore.Open(settings.DatabaseUrl);
        queue = new PostgresJobQueue(store, logger: loggers.CreateLogger<PostgresJobQueue>());
        limits = new PostgresSharedLimits(store);
        var stores = new OperatorStores(
            queue, queue, new PostgresJobLedger(store), limits,
            token => PostgresMigrator.ApplyAsync(store, [QueueMigrations.Component, LedgerMigrations.Component], token), store.Server);
        var connection = KubernetesConnection.FromKubeConfig(kubeconfig ?? world.Plane.KubeconfigPath);
        run = new OperatorRun(settings, connection, stores, TimeProvider.System, loggers);
        ending = Task.Run(() => run.RunAsync(stop.Token));
    }

    public TestLog Log { get; }

    public static RunningOperator Start(OperatorWorld world, string? databaseUrl = null, string? kubeconfig = null) => new(world, databaseUrl, kubeconfig);

    /// <summary>Stops it as SIGTERM does; returns its exit code.</summary>
    public async Task<int> StopAsync()
    {
        await stop.CancelAsync();
        return await ending;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await run.DisposeAsync();
        await limits.DisposeAsync();
        await queue.DisposeAsync();
        await store.DisposeAsync();
        loggers.Dispose();
        stop.Dispose();
    }
}
