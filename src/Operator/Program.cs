using PodEngine.Kubernetes.Client;
using PodEngine.Kubernetes.Client.Credentials;
using PodEngine.Ledger.Postgres;
using PodEngine.Ledger.Postgres.Migrations;
using PodEngine.Operator.Hosting;
using PodEngine.Operator.Settings;
using PodEngine.Operator.Telemetry;
using PodEngine.Queue.Postgres;
using PodEngine.Queue.Postgres.Connecting;
using PodEngine.Queue.Postgres.Migrations;

try
{
    var settings = SettingsReader.Read(Environment.GetEnvironmentVariable);
    return await RunAsync(settings, KubernetesConnection.Discover());
}
catch (Exception fault) when (fault is SettingsException or KubeConfigException or FormatException)
{
    await Console.Error.WriteLineAsync(fault.Message);
    return ExitCodes.Configuration;
}

static async Task<int> RunAsync(OperatorSettings settings, KubernetesConnection connection)
{
    var builder = WebApplication.CreateSlimBuilder();
    builder.Logging.AddOperatorConsole(settings.JsonLogs);
    builder.WebHost.UseUrls([.. new[] { settings.MetricsUrl, settings.ProbesUrl }.Distinct(StringComparer.Ordinal)]);
    await using var app = builder.Build();
    var loggers = app.Services.GetRequiredService<ILoggerFactory>();

    using var metrics = new PrometheusExposition();
    await using var store = PostgresStore.Open(settings.DatabaseUrl, settings.DatabaseListenUrl);
    await using var queue = new PostgresJobQueue(store, logger: loggers.CreateLogger<PostgresJobQueue>());
    await using var limits = new PostgresSharedLimits(store);
    var stores = new OperatorStores(
        queue,
        queue,
        new PostgresJobLedger(store),
        limits,
        cancellationToken => PostgresMigrator.ApplyAsync(store, LedgerMigrations.All, cancellationToken),
        store.Server);
    await using var run = new OperatorRun(settings, connection, stores, TimeProvider.System, loggers);
    app.MapOperator(run, metrics);

    try
    {
        await app.StartAsync();
    }
    catch (IOException taken)
    {
        await Console.Error.WriteLineAsync(
            $"The operator cannot start: {settings.MetricsUrl} or {settings.ProbesUrl} cannot be listened on ({taken.Message}). "
            + "Give PODENGINE_METRICS_URL and PODENGINE_PROBES_URL addresses that are free.");
        return ExitCodes.Configuration;
    }

    OperatorRun.TellAddresses(loggers, app.Urls);
    var exitCode = await run.RunAsync(app.Lifetime.ApplicationStopping);
    await app.StopAsync();
    return exitCode;
}
