using System.Text.Json.Nodes;
using PodEngine.Ledger;
using PodEngine.Ledger.InMemory;
using PodEngine.Pipeline.Attempts;
using PodEngine.Pipeline.Products;
using PodEngine.Pipeline.Purchases;
using PodEngine.Providers.Http;
using PodEngine.Providers.Printify;
using PodEngine.Queue;
using PodEngine.Queue.InMemory;
using PodEngine.Shared.Jobs;
using PodEngine.Shared.Pools;
using PodEngine.Shared.Products;
using PodEngine.Simulators;
using PodEngine.Simulators.Faults;
using PodEngine.Simulators.Knobs;
using PodEngine.Storage;

namespace PodEngine.Pipeline.Tests;

/// <summary>The pipeline of one pool on stores in memory, a folder, and simulated providers over real HTTP.</summary>
internal sealed class PipelineBench : IAsyncDisposable
{
    private const string Worker = "bench/1";
    private readonly SimulatorHost _simulators;
    private readonly PoolPipeline _pipeline;
    private readonly ShiftedClock _clock = new();
    private readonly string _folder;
    private Func<Task>? _beforePublish;

    private PipelineBench(SimulatorHost simulators, string folder, bool claude, PipelineOptions? options, TimeSpan? providerCall)
    {
        (_simulators, _folder) = (simulators, folder);
        Queue = new InMemoryJobQueue(_clock);
        Ledger = new InMemoryJobLedger(Queue);
        Storage = new FileSystemStorage(folder);
        _pipeline = new PoolPipeline(
            new PoolSettings
            {
                InstallationId = DesignJob.Lane.InstallationId,
                Namespace = "default",
                Pool = "default",
                ClaudeBaseUrl = simulators.ClaudeUrl,
                ComfyUiUrls = simulators.ComfyUIUrls,
                PrintifyBaseUrl = simulators.PrintifyUrl,
            },
            new PoolPipelineSetup
            {
                Queue = Queue,
                Ledger = Ledger,
                Storage = Storage,
                WorkerId = Worker,
                ClaudeKey = () => claude ? "key" : null,
                PrintifyKey = () => "token",
                ProviderCall = providerCall ?? TimeSpan.FromSeconds(20),
                ComfyUiPoll = TimeSpan.FromMilliseconds(100),
                Options = (options ?? new PipelineOptions()) with { SettleMargin = TimeSpan.FromMilliseconds(50), PublishPoll = TimeSpan.FromMilliseconds(50), LongestSettleWait = TimeSpan.FromSeconds(2), Signal = Signalled },
            });
    }

    public InMemoryJobQueue Queue { get; }

    public InMemoryJobLedger Ledger { get; }

    public IObjectStorage Storage { get; }

    public static async Task<PipelineBench> StartAsync(bool claude = false, PipelineOptions? options = null, Func<SimulatorKnobs, SimulatorKnobs>? knobs = null, TimeSpan? providerCall = null)
    {
        var standard = new SimulatorKnobs();
        standard = standard with { Claude = standard.Claude with { LatencyMs = 0 }, ComfyUI = standard.ComfyUI with { LatencyMs = 20 } };
        var simulators = await SimulatorHost.StartAsync(new SimulatorOptions { Knobs = knobs?.Invoke(standard) ?? standard }, TestContext.Current.CancellationToken);
        return new PipelineBench(simulators, Directory.CreateTempSubdirectory("pod-engine-pictures-").FullName, claude, options, providerCall);
    }

    public void Fault(string service, Fault fault) => _simulators.AddFault(service, fault);

    public void Turn(Func<SimulatorKnobs, SimulatorKnobs> knobs) => _simulators.Knobs = knobs(_simulators.Knobs);

    /// <summary>What the simulated services were made to do.</summary>
    public JsonObject Bought(string service) => _simulators.ReadLedger()[service]!.AsObject();

    /// <summary>Products as Printify has them, deleted ones aside.</summary>
    public IReadOnlyList<JsonObject> Products() =>
        [.. Bought("printify")["products"]!.AsArray().Select(product => product!.AsObject()).Where(product => product["state"]!.GetValue<string>() != "deleted")];

    public int Pictures() => Bought("comfyui")["images"]!.GetValue<int>();

    public async Task<JobId> SubmitAsync(JobRequest request)
    {
        await Queue.UpsertAsync([request], TestContext.Current.CancellationToken);
        return request.Id;
    }

    /// <summary>Claims the one job there is, putting the clock forward to its time.</summary>
    public async Task<ClaimedJob> ClaimAsync()
    {
        var job = Assert.Single(await Queue.ListAsync(DesignJob.Lane.InstallationId, null, 2, TestContext.Current.CancellationToken));
        if (job.RunAt is { } due && due > _clock.GetUtcNow())
        {
            _clock.Advance(due - _clock.GetUtcNow());
        }

        await Queue.MaintainAsync(TestContext.Current.CancellationToken);
        await Queue.HeartbeatAsync(new WorkerHeartbeat { WorkerId = Worker, Queue = DesignJob.Lane, Host = "bench", Concurrency = 9, Held = [] }, TestContext.Current.CancellationToken);
        return Assert.Single(await Queue.ClaimAsync(DesignJob.Lane, Worker, 1, TestContext.Current.CancellationToken));
    }

    /// <summary>Claims the next job and runs one attempt of it.</summary>
    public async Task<AttemptOutcome?> AttemptAsync(JobControl? control = null)
    {
        var job = await ClaimAsync();
        using var own = new JobControl();
        var outcome = await RunAsync(job, control ?? own);
        if (outcome is not null)
        {
            await Queue.FinishAsync(job.Lease, outcome, TestContext.Current.CancellationToken);
        }

        return outcome;
    }

    public Task<AttemptOutcome?> RunAsync(ClaimedJob job, JobControl control) =>
        _pipeline.Runner.RunAsync(job, JobSnapshotJson.Read(job.Arguments), control, TestContext.Current.CancellationToken);

    public async Task<DesignResult> CompleteAsync()
    {
        var outcome = await AttemptAsync();
        var completed = outcome as AttemptOutcome.Completed;
        Assert.True(completed is not null, $"expected Completed, got {outcome}");
        return DesignResultJson.Read(completed.Result!);
    }

    public async Task<AttemptOutcome.Failed> FailAsync()
    {
        var outcome = await AttemptAsync();
        var failed = outcome as AttemptOutcome.Failed;
        Assert.True(failed is not null, $"expected Failed, got {outcome}");
        return failed;
    }

    /// <summary>Runs attempts until the job is completed, and that it took no more counted ones than said.</summary>
    public async Task UntilCompletedAsync(JobId job, int attempts)
    {
        var end = await UntilFinishedAsync(job, attempts);
        Assert.True(end.State == JobState.Completed, $"{end.State}: {end.Failure}\n{await LogAsync(job)}");
    }

    public async Task<JobFailure> UntilFailedAsync(JobId job, int attempts)
    {
        var end = await UntilFinishedAsync(job, attempts);
        Assert.Equal(JobState.Failed, end.State);
        return end.Failure!;
    }

    /// <summary>Runs something once, when the first product is recorded.</summary>
    public void BeforePublish(Func<Task> act) => _beforePublish = act;

    /// <summary>Makes a product as a worker would that was cut off after its call left.</summary>
    public async Task CreateTwinAsync(JobId job, int imageIndex, string type, string platform)
    {
        var key = new ProductKey(imageIndex, type, platform);
        var definition = ProductCatalog.Default[type];
        using var printify = new PrintifyClient(
            new PrintifySettings { Key = ProviderKey.Of("token"), BaseUrl = _simulators.PrintifyUrl }, new ProviderServices());
        var variants = await printify.GetVariantsAsync(definition.BlueprintId, definition.PrintProviderId, TestContext.Current.CancellationToken);
        var upload = Bought("printify")["uploads"]![0]!["id"]!.GetValue<string>();
        var draft = ProductDraft.Build(definition, variants, upload, "twin", "twin", [], Marker.OfProduct(job, key));
        await printify.CreateProductAsync(DesignJob.ApiShop, draft, TestContext.Current.CancellationToken);
    }

    private async Task<JobRecord> UntilFinishedAsync(JobId job, int attempts)
    {
        while (true)
        {
            await AttemptAsync();
            var now = (await Queue.FindAsync(job, TestContext.Current.CancellationToken))!;
            Assert.True(now.Attempts <= attempts, $"more than {attempts} attempts: {now.Failure}\n{await LogAsync(job)}");
            if (now.IsFinished)
            {
                return now;
            }
        }
    }

    public Task<JobLedgerEntries> EntriesAsync(JobId job) => Ledger.ReadAsync(job, TestContext.Current.CancellationToken);

    public async Task<string> LogAsync(JobId job) =>
        string.Join('\n', (await Ledger.ReadLogAsync(job, 100, TestContext.Current.CancellationToken)).Select(line => line.Message));

    private void Signalled(StepPoint point)
    {
        if (point == new StepPoint("products", StepMoment.AfterSettle) && Interlocked.Exchange(ref _beforePublish, null) is { } act)
        {
            act().GetAwaiter().GetResult();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _pipeline.Dispose();
        await _simulators.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
