using Microsoft.Extensions.Logging.Abstractions;
using PodEngine.Kit;
using PodEngine.Queue;
using PodEngine.Shared.Jobs;
using PodEngine.Shared.Products;
using PodEngine.Worker.Running;

namespace PodEngine.Worker.Tests.Running;

/// <summary>A worker that runs in the test's process on a queue in memory.</summary>
internal sealed class RunningWorker : IAsyncDisposable
{
    public static readonly QueueKey Lane = new(Guid.Parse("22222222-2222-4222-8222-222222222222"), "default", "default");

    private readonly CancellationTokenSource _stop = new();
    private readonly Task _run;

    private RunningWorker(InterruptedQueue queue, ScriptedPipeline pipeline, WorkerOptions options)
    {
        (Queue, Pipeline) = (queue, pipeline);
        Host = new WorkerHost(options, queue, pipeline, TimeProvider.System, NullLogger<WorkerHost>.Instance);
        _run = Host.RunAsync(_stop.Token);
    }

    public InterruptedQueue Queue { get; }

    public ScriptedPipeline Pipeline { get; }

    public WorkerHost Host { get; }

    public static RunningWorker Start(Func<WorkerOptions, WorkerOptions>? change = null, ScriptedPipeline? pipeline = null, bool away = false, bool deaf = false)
    {
        var timings = new QueueTimings { HeartbeatInterval = TimeSpan.FromMilliseconds(200), LeaseLength = TimeSpan.FromSeconds(2) };
        var options = new WorkerOptions
        {
            WorkerId = WorkerOptions.NewWorkerId("test"),
            Host = "test",
            Queue = Lane,
            Timings = timings,
            PollInterval = TimeSpan.FromMilliseconds(100),
            Drain = TimeSpan.FromSeconds(10),
        };
        options = change?.Invoke(options) ?? options;
        return new RunningWorker(new InterruptedQueue(options.Timings) { Away = away, Deaf = deaf }, pipeline ?? new ScriptedPipeline(), options);
    }

    public async Task<JobId> SubmitAsync(RetryPolicy? retry = null)
    {
        var snapshot = new JobSnapshot
        {
            Name = "job",
            Namespace = "default",
            Work = new DesignWork { Brief = new DesignBrief(), Products = [ProductCatalog.Default["mug"]], Platforms = [new PlatformTarget("printify", 1)] },
        };
        var request = new JobRequest { Id = JobId.New(), Queue = Lane, Name = "job", Arguments = JobSnapshotJson.Write(snapshot), Retry = retry ?? new RetryPolicy() };
        await Queue.UpsertAsync([request], TestContext.Current.CancellationToken);
        return request.Id;
    }

    public async Task<JobRecord> FindAsync(JobId job) => (await Queue.FindAsync(job, TestContext.Current.CancellationToken))!;

    public Task UntilAsync(JobId job, JobState state) =>
        Eventually.Holds(async () => (await FindAsync(job)).State == state, because: $"the job is {state}");

    public async Task<JobId> RunningJobAsync()
    {
        var job = await SubmitAsync();
        await Eventually.Holds(() => Pipeline.Controls.ContainsKey(job), because: "the job runs");
        return job;
    }

    public Task StopAsync()
    {
        _stop.Cancel();
        return _run;
    }

    public async ValueTask DisposeAsync()
    {
        Queue.Away = false;
        foreach (var job in Pipeline.Controls.Keys)
        {
            Pipeline.End(job, new AttemptOutcome.HandedBack());
        }

        await StopAsync();
        _stop.Dispose();
    }
}
