using PodEngine.Kit;
using PodEngine.Queue.Postgres;

namespace PodEngine.Queue.Tests.Postgres.Leasing;

/// <summary>A worker leaves while others work on what it holds.</summary>
public sealed class LeavingTests(MigratedStore migrated) : IClassFixture<MigratedStore>, IAsyncLifetime
{
    private readonly QueueKey _lane = new(Guid.NewGuid(), "default", "default");
    private PostgresJobQueue _queue = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await migrated.EmptyAsync();
        _queue = new PostgresJobQueue(migrated.Store);
    }

    public ValueTask DisposeAsync() => _queue.DisposeAsync();

    [Theory]
    [InlineData("select 1 from podengine.jobs j where j.id = @id for no key update")]
    [InlineData("select 1 from podengine.leases l where (select j.seq from podengine.jobs j where j.id = @id) = any (l.jobs) for update")]
    public async Task A_worker_that_leaves_hands_back_also_the_job_that_somebody_is_changing(string change)
    {
        var job = await ClaimAsync();
        Task leaving;
        await using (var changing = await HeldRows.HoldAsync(migrated, change, ("id", job.Value)))
        {
            leaving = _queue.DeregisterAsync("worker", Cancelled);
            await Eventually.Holds(
                async () => leaving.IsCompleted || await changing.HoldUpSomebodyAsync(), because: "the worker waits for the change, or is gone");
        }

        await leaving;

        var record = await _queue.FindAsync(job, Cancelled);
        Assert.Equal((JobState.Queued, 0), (record?.State, record?.Rescues));
    }

    private async Task<JobId> ClaimAsync()
    {
        var request = new JobRequest { Id = JobId.New(), Queue = _lane, Name = "job", Arguments = "{}" };
        await _queue.UpsertAsync([request], Cancelled);
        await _queue.HeartbeatAsync(
            new WorkerHeartbeat { WorkerId = "worker", Queue = _lane, Host = "host", Concurrency = 1, Held = [] }, Cancelled);
        return Assert.Single(await _queue.ClaimAsync(_lane, "worker", 1, Cancelled)).Lease.Job;
    }
}
