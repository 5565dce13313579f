using PodEngine.Kit;
using PodEngine.Kit.Postgres;
using PodEngine.Kit.Processes;
using PodEngine.Ledger.Postgres.Migrations;
using PodEngine.Providers.Http;
using PodEngine.Queue;
using PodEngine.Queue.Postgres;
using PodEngine.Queue.Postgres.Connecting;
using PodEngine.Queue.Postgres.Migrations;
using PodEngine.Shared.Faults;
using PodEngine.Shared.Jobs;
using PodEngine.Shared.Pools;
using PodEngine.Shared.Products;
using PodEngine.Simulators;
using PodEngine.Worker.Limits;

namespace PodEngine.Worker.Tests.Limits;

/// <summary>Worker processes of two pools that share nothing but PostgreSQL and an account at Printify.</summary>
public sealed class BudgetAcrossWorkersTests : IAsyncLifetime
{
    private const string Token = "token";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly string[] Pools = ["mugs", "posters"];
    private readonly Guid _installation = Guid.NewGuid();
    private readonly string _folder = Directory.CreateTempSubdirectory("pod-engine-budget-").FullName;
    private PostgresSchema _schema = null!;
    private PostgresStore _store = null!;
    private PostgresJobQueue _queue = null!;
    private SimulatorHost _simulators = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _schema = await PostgresSchema.CreateAsync();
        _store = PostgresStore.Open(_schema.Uri);
        await PostgresMigrator.ApplyAsync(_store, LedgerMigrations.All, Cancelled);
        _queue = new PostgresJobQueue(_store);
        _simulators = await SimulatorHost.StartAsync(new SimulatorOptions(), Cancelled);
    }

    public async ValueTask DisposeAsync()
    {
        await _simulators.DisposeAsync();
        await _queue.DisposeAsync();
        await _store.DisposeAsync();
        await _schema.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Two_worker_processes_share_what_is_left_of_Printifys_budget_and_what_does_not_fit_is_put_off_without_an_attempt()
    {
        await SpendPublishesAsync(BudgetKeys.Documented[BudgetKeys.PrintifyPublish].Requests - 3);
        var jobs = new List<JobId>();
        foreach (var pool in Pools)
        {
            jobs.AddRange([await SubmitAsync(pool), await SubmitAsync(pool)]);
        }

        await using var first = await ChildProcess.StartProductAsync("Worker", [], Environment(Pools[0]));
        await using var second = await ChildProcess.StartProductAsync("Worker", [], Environment(Pools[1]));
        await Eventually.Holds(
            async () => (await FindAsync(jobs)).All(job => job.State is JobState.Completed or JobState.Retrying), Patience, "every job is done or put off");

        var records = await FindAsync(jobs);
        Assert.Equal(3, records.Count(job => job.State is JobState.Completed));
        var putOff = Assert.Single(records, job => job.State is JobState.Retrying);
        Assert.Equal((0, FaultCodes.ProviderRateLimited), (putOff.Attempts, putOff.Reason));
        Assert.Equal(3, _simulators.ReadLedger()["printify"]!["publishCount"]!.GetValue<int>());
    }

    /// <summary>As a third process that published so much in the last minutes.</summary>
    private async Task SpendPublishesAsync(int requests)
    {
        await using var limits = new PostgresSharedLimits(_store);
        var budget = new SharedRequestBudget(limits, _installation, BudgetKeys.Documented);
        var account = ProviderAccount.Fingerprint(_simulators.PrintifyUrl, Token);
        Assert.True((await budget.AcquireAsync(new([BudgetKeys.PrintifyPublish], account, requests), Cancelled)).IsGranted);
    }

    private async Task<JobId> SubmitAsync(string pool)
    {
        var snapshot = new JobSnapshot
        {
            Name = "budget",
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
        var request = new JobRequest
        {
            Id = JobId.New(),
            Queue = new QueueKey(_installation, "default", pool),
            Name = "budget",
            Arguments = JobSnapshotJson.Write(snapshot),
            Retry = new RetryPolicy { MaxRetries = 0 },
        };
        await _queue.UpsertAsync([request], Cancelled);
        return request.Id;
    }

    private async Task<IReadOnlyList<JobRecord>> FindAsync(IEnumerable<JobId> jobs)
    {
        var records = new List<JobRecord>();
        foreach (var job in jobs)
        {
            records.Add((await _queue.FindAsync(job, Cancelled))!);
        }

        return records;
    }

    private Dictionary<string, string?> Environment(string pool) => new()
    {
        ["PODENGINE_POOL_SETTINGS"] = PoolSettingsJson.Write(new PoolSettings
        {
            InstallationId = _installation,
            Namespace = "default",
            Pool = pool,
            DrainSeconds = 5,
            ComfyUiUrls = [_simulators.ComfyUIUrl],
            PrintifyBaseUrl = _simulators.PrintifyUrl,
            Storage = new StorageSettings { FilesystemPath = _folder },
        }),
        ["DATABASE_URL"] = _schema.Uri,
        ["PODENGINE_PROBES_URL"] = "http://127.0.0.1:0",
        ["PRINTIFY_API_KEY"] = Token,
        ["CLAUDE_API_KEY"] = null,
        ["ANTHROPIC_API_KEY"] = null,
        ["PODENGINE_CREDENTIALS_DIR"] = null,
    };
}
