using System.Globalization;
using System.Text.Json.Nodes;
using PodEngine.Kit;
using PodEngine.Kit.Processes;
using PodEngine.Ledger;
using PodEngine.Ledger.Postgres;
using PodEngine.Queue;
using PodEngine.Queue.Postgres;
using PodEngine.Shared.Jobs;
using PodEngine.Shared.Pools;
using PodEngine.Shared.Products;
using PodEngine.Simulators;
using PodEngine.Simulators.Knobs;

namespace PodEngine.Worker.Tests.Crashes;

/// <summary>
/// One job in a pool of its own, on providers of its own: a first worker process kills itself at the given point, a second one finishes the job.
/// Lease and deadlines are long, so that no living process is slow enough to miss one; once the first worker is dead, its time is put back instead of
/// waited for.
/// </summary>
internal sealed class CrashedJob : IAsyncDisposable
{
    private const int LeaseSeconds = 20;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private readonly string _folder = Directory.CreateTempSubdirectory("pod-engine-crash-").FullName;
    private readonly CrashRuns _runs;
    private readonly SimulatorHost _simulators;
    private readonly QueueKey _lane;

    private CrashedJob(CrashRuns runs, SimulatorHost simulators, QueueKey lane) => (_runs, _simulators, _lane) = (runs, simulators, lane);

    public static QueueTimings Timings { get; } = new() { LeaseLength = TimeSpan.FromSeconds(LeaseSeconds), HeartbeatInterval = TimeSpan.FromSeconds(1) };

    /// <summary>The job as the queue has it at the end.</summary>
    public JobRecord Record { get; private set; } = null!;

    /// <summary>What the ledger has at the end.</summary>
    public JobLedgerEntries Entries { get; private set; } = null!;

    /// <summary>What the simulated services were made to do.</summary>
    public JsonObject Bought => _simulators.ReadLedger();

    public static async Task<CrashedJob> RunAsync(string crashAt, CrashRuns runs)
    {
        var lane = new QueueKey(Guid.Parse("44444444-4444-4444-8444-444444444444"), "default", crashAt.Replace('/', '-').ToLowerInvariant());
        var standard = new SimulatorKnobs();
        var knobs = standard with { Claude = standard.Claude with { LatencyMs = 0 }, ComfyUI = standard.ComfyUI with { LatencyMs = 50 } };
        var run = new CrashedJob(runs, await SimulatorHost.StartAsync(new SimulatorOptions { Knobs = knobs }, TestContext.Current.CancellationToken), lane);
        var job = await run.SubmitAsync(runs.Queue);
        await runs.InTurnAsync(() => run.CrashAsync(crashAt));
        await run.LetTimePassAsync(job);
        await Eventually.Holds(async () => (await run.FindAsync(job)).Rescues > 0, Patience, "the job is taken from the dead worker");
        await runs.InTurnAsync(() => run.FinishAsync(job));
        run.Entries = await new PostgresJobLedger(runs.Store).ReadAsync(job, TestContext.Current.CancellationToken);
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
        Assert.Equal(128 + 9, await victim.WaitForExitAsync(Patience));
    }

    /// <summary>The dead worker was last heard a lease ago, and the calls it may have been making have had their time.</summary>
    private async Task LetTimePassAsync(JobId job)
    {
        await using var connection = await _runs.Schema.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"""
            update workers set last_seen = last_seen - interval '{LeaseSeconds} s' where id = (select worker_id from leases where (select seq from jobs where id = '{job}') = any (jobs));
            update purchases set settles_at = now() where job_id = '{job}' and state = 'begun'
            """;
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    private async Task FinishAsync(JobId job)
    {
        await using var successor = await ChildProcess.StartProductAsync("Worker", [], Environment(crashAt: null));
        try
        {
            await Eventually.Holds(async () => (await FindAsync(job)).IsFinished, Patience);
        }
        catch (Xunit.Sdk.XunitException late)
        {
            throw new Xunit.Sdk.XunitException($"The second worker did not finish the job; it says:\n{successor.Output}", late);
        }

        Record = await FindAsync(job);
        successor.Terminate();
        Assert.Equal(0, await successor.WaitForExitAsync(Patience));
    }

    private async Task<JobRecord> FindAsync(JobId job) => (await _runs.Queue.FindAsync(job, TestContext.Current.CancellationToken))!;

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
        ["DATABASE_URL"] = _runs.Schema.Uri,
        ["PODENGINE_PROBES_URL"] = "http://127.0.0.1:0",
        ["PODENGINE_LEASE_SECONDS"] = LeaseSeconds.ToString(CultureInfo.InvariantCulture),
        ["PODENGINE_HEARTBEAT_SECONDS"] = "1",
        ["PODENGINE_PROVIDER_CALL_SECONDS"] = "30",
        ["PODENGINE_SETTLE_MARGIN_SECONDS"] = "0.1",
        ["PODENGINE_CRASH_AT"] = crashAt,
        ["CLAUDE_API_KEY"] = "key",
        ["PRINTIFY_API_KEY"] = "token",
        ["PODENGINE_CREDENTIALS_DIR"] = null,
    };
}
