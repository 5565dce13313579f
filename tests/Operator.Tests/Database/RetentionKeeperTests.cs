using Microsoft.Extensions.Logging.Abstractions;
using PodEngine.Kit.Time;
using PodEngine.Ledger;
using PodEngine.Ledger.InMemory;
using PodEngine.Operator.Database;
using PodEngine.Operator.Hosting;
using PodEngine.Operator.Installation;
using PodEngine.Queue;
using PodEngine.Queue.InMemory;

namespace PodEngine.Operator.Tests.Database;

public sealed class RetentionKeeperTests
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly ManualTimeProvider time = new();
    private readonly InstallationIdentity installation = new() { Id = Guid.NewGuid() };
    private readonly InMemoryJobQueue queue;
    private readonly InMemoryJobLedger ledger;
    private readonly RetentionKeeper keeper;
    private readonly HashSet<JobId> gonePodJobs = [];

    public RetentionKeeperTests()
    {
        queue = new InMemoryJobQueue(time);
        ledger = new InMemoryJobLedger(queue);
        var stores = new OperatorStores(queue, queue, ledger, new InMemorySharedLimits(queue), _ => Task.CompletedTask, "memory");
        keeper = new RetentionKeeper(
            stores, (job, _) => Task.FromResult(gonePodJobs.Contains(job)), jobs: 30 * Day, logs: 7 * Day, installation, new DatabaseHealth(time), time, NullLogger<RetentionKeeper>.Instance);
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Finished_jobs_go_after_their_days_and_log_lines_after_theirs()
    {
        var ended = await EndedAsync(count: 450);
        var waiting = await InsertAsync();
        await MirrorAsync();
        time.Advance(8 * Day);
        Assert.Equal((0, 1), await keeper.ForgetAsync(Cancelled));

        time.Advance(23 * Day);
        Assert.Equal((450, 0), await keeper.ForgetAsync(Cancelled));

        Assert.Null(await queue.FindAsync(ended, Cancelled));
        Assert.NotNull(await queue.FindAsync(waiting, Cancelled));
        Assert.Equal((0, 0), await keeper.ForgetAsync(Cancelled));
    }

    [Fact]
    public async Task A_job_whose_end_is_not_mirrored_stays_and_the_others_go()
    {
        await EndedAsync(count: 3);
        await MirrorAsync();
        var unmirrored = await EndedAsync(count: 1);
        time.Advance(31 * Day);

        Assert.Equal((3, 2), await keeper.ForgetAsync(Cancelled));
        Assert.NotNull(await queue.FindAsync(unmirrored, Cancelled));

        await MirrorAsync();
        Assert.Equal((1, 0), await keeper.ForgetAsync(Cancelled));
    }

    [Fact]
    public async Task What_is_forgotten_leaves_a_tombstone_while_its_PodJob_is_there()
    {
        var (kept, gone) = (await EndedAsync(count: 1), await EndedAsync(count: 1));
        gonePodJobs.Add(gone);
        await MirrorAsync();
        time.Advance(31 * Day);

        await keeper.ForgetAsync(Cancelled);

        Assert.Null(await queue.FindAsync(kept, Cancelled));
        Assert.Null(await queue.FindAsync(gone, Cancelled));
        Assert.Equal([UpsertOutcome.Unchanged, UpsertOutcome.Inserted], await queue.UpsertAsync([Request(kept), Request(gone)], Cancelled));
    }

    private async Task MirrorAsync() =>
        await queue.AcknowledgeMirroredAsync(await queue.ListUnmirroredAsync(installation.Id, 1000, Cancelled), Cancelled);

    private async Task<JobId> EndedAsync(int count)
    {
        JobId last = default;
        for (var i = 0; i < count; i++)
        {
            last = await InsertAsync();
            await queue.CancelAsync(last, "Cancelled", Cancelled);
        }

        await ledger.AppendLogAsync(last, new LogLine("info", "worker", "cancelled"), Cancelled);
        return last;
    }

    private async Task<JobId> InsertAsync()
    {
        var request = Request(JobId.New());
        await queue.UpsertAsync([request], Cancelled);
        return request.Id;
    }

    private JobRequest Request(JobId id) => new() { Id = id, Queue = new QueueKey(installation.Id, "shop", "default"), Name = "job", Arguments = "{}" };
}
