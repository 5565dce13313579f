using System.Globalization;
using System.Text.Json.Nodes;
using PodEngine.Kit;
using PodEngine.Kit.Processes;
using PodEngine.Ledger;
using PodEngine.Ledger.Postgres;
using PodEngine.Queue;
using PodEngine.Queue.Postgres;
using PodEngine.Queue.Postgres.Connecting;
using PodEngine.Shared.Jobs;
using PodEngine.Shared.Pools;
using PodEngine.Shared.Products;
using PodEngine.Simulators;
using PodEngine.Simulators.Knobs;

namespace PodEngine.Worker.Tests.Crashes;

/// <summary>
/// One job in a pool of its own, on providers of its own: a first worker process kills itself at the given point, a second one finishes the job.
/// </summary>
internal sealed class CrashedJob : IAsyncDisposable
{
    private const string LeaseSeconds = "4";
    private readonly string _folder = Directory.CreateTempSubdirectory("pod-engine-crash-").FullName;
    private readonly SimulatorHost _simulators;
    private readonly string _databaseUrl;
    private readonly QueueKey _lane;

    private CrashedJob(SimulatorHost simulators, string databaseUrl, QueueKey lane) => (_simulators, _databaseUrl, _lane) = (simulators, databaseUrl, lane);

    public static QueueTimings Timings { get; } = new()
    {
        LeaseLength = TimeSpan.FromSeconds(double.Parse(LeaseSeconds, CultureInfo.InvariantCulture)),
        HeartbeatInterval = TimeSpan.FromSeconds(1),
    };

    /// <summary>The job as the queue has it at the end.</summary>
    public JobRecord Record { get; private set; } = null!;

    /// <summary>What the ledger has at the end.</summary>
    public JobLedgerEntries Entries { get; private set; } = null!;

    /// <summary>What the simulated services were made to do.</summary>
    public JsonObject Bought => _simulators.ReadLedger();

    public static async Task<CrashedJob> RunAsync(string crashAt, PostgresStore store, string databaseUrl)
    {
        var lane = new QueueKey(Guid.Parse("44444444-4444-4444-8444-444444444444"), "default", crashAt.Replace('/', '-').ToLowerInvariant());
        var standard = new SimulatorKnobs();
        var knobs = standard with { Claude = standard.Claude with { LatencyMs = 0 }, ComfyUI = standard.ComfyUI with { LatencyMs = 50 } };
        var run = new CrashedJob(await SimulatorHost.StartAsync(new SimulatorOptions { Knobs = knobs }, TestContext.Current.CancellationToken), databaseUrl, lane);
        await using var queue = new PostgresJobQueue(store, Timings);
        var job = await run.SubmitAsync(queue);
        await run.CrashAsync(crashAt);
        await run.FinishAsync(queue, job);
        run.Entries = await new PostgresJobLedger(store).ReadAsync(job, TestContext.Current.CancellationToken);
        return run;
    }

    public async ValueTask DisposeAsync()
    {
        await _simulators.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<JobId> SubmitAsync(PostgresJobQueue queue)
    {
        var snapshot = new JobSnapshot
        {
            Name = "crash",
            Namespace = "default",
            Work = new DesignWork
            {
                Brief = new DesignBrief { Theme = "lighthouses" },
                Image = new ImageSettings { Width = 64, Height = 64, Steps = 2 },
                Products = [ProductCatalog.Default["mug"]],
                Platforms = [new PlatformTarget("printify", 1001)],
                AutoPublish = true,
            },
        };
        var request = new JobRequest { Id = JobId.New(), Queue = _lane, Name = "crash", Arguments = JobSnapshotJson.Write(snapshot) };
        await queue.UpsertAsync([request], TestContext.Current.CancellationToken);
        return request.Id;
    }

    private async Task CrashAsync(string crashAt)
    {
        await using var victim = await ChildProcess.StartProductAsync("Worker", [], Environment(crashAt));
        Assert.Equal(128 + 9, await victim.WaitForExitAsync(TimeSpan.FromSeconds(60)));
    }

    private async Task FinishAsync(PostgresJobQueue queue, JobId job)
    {
        await using var successor = await ChildProcess.StartProductAsync("Worker", [], Environment(crashAt: null));
        await Eventually.Holds(
            async () =>
            {
                await queue.MaintainAsync(TestContext.Current.CancellationToken);
                return (await queue.FindAsync(job, TestContext.Current.CancellationToken))!.IsFinished;
            },
            TimeSpan.FromSeconds(60),
            $"the second worker finishes the job; it says:\n{successor.Output}");
        Record = (await queue.FindAsync(job, TestContext.Current.CancellationToken))!;
        successor.Terminate();
        Assert.Equal(0, await successor.WaitForExitAsync());
    }

    private Dictionary<string, string?> Environment(string? crashAt) => new()
    {
        ["PODENGINE_POOL_SETTINGS"] = PoolSettingsJson.Write(new PoolSettings
        {
            InstallationId = _lane.InstallationId,
            Namespace = _lane.Namespace,
            Pool = _lane.Pool,
            DrainSeconds = 5,
            ClaudeBaseUrl = _simulators.ClaudeUrl,
            ComfyUiUrls = [_simulators.ComfyUIUrl],
            PrintifyBaseUrl = _simulators.PrintifyUrl,
            Storage = new StorageSettings { FilesystemPath = _folder },
        }),
        ["DATABASE_URL"] = _databaseUrl,
        ["PODENGINE_PROBES_URL"] = "http://127.0.0.1:0",
        ["PODENGINE_LEASE_SECONDS"] = LeaseSeconds,
        ["PODENGINE_HEARTBEAT_SECONDS"] = "1",
        ["PODENGINE_PROVIDER_CALL_SECONDS"] = "8",
        ["PODENGINE_SETTLE_MARGIN_SECONDS"] = "0.1",
        ["PODENGINE_CRASH_AT"] = crashAt,
        ["CLAUDE_API_KEY"] = "key",
        ["PRINTIFY_API_KEY"] = "token",
        ["PODENGINE_CREDENTIALS_DIR"] = null,
    };
}
