using PodEngine.Kit;
using PodEngine.Queue.Postgres;

namespace PodEngine.Queue.Tests.Postgres.Completing;

/// <summary>Jobs of one claim share a lease, and each is worked on by itself.</summary>
public sealed class SharedLeaseTests(MigratedStore migrated) : IClassFixture<MigratedStore>, IAsyncLifetime
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

    [Fact]
    public async Task While_one_attempt_writes_to_the_ledger_its_siblings_report_and_are_changed_and_cancelled()
    {
        var (request, lease) = await ClaimAsync();

        await using (await HoldShareAsync(lease))
        {
            await _queue.ReportProgressAsync(lease, new JobProgress(30, "images"), Cancelled);
            Assert.Equal([UpsertOutcome.Updated], await _queue.UpsertAsync([request with { Generation = 2, Priority = 3 }], Cancelled));
            Assert.True(await _queue.CancelAsync(lease.Job, "Cancelled", Cancelled));
        }

        var job = await _queue.FindAsync(lease.Job, Cancelled);
        Assert.Equal((JobState.Processing, 30, 3, true), (job?.State, job?.Progress?.Percent, job?.Priority, job?.CancelRequested));
    }

    [Fact]
    public async Task An_outcome_waits_until_what_is_being_written_under_its_lease_is_written()
    {
        var (_, lease) = await ClaimAsync();
        Task<JobState?> ending;
        await using (var writing = await HoldShareAsync(lease))
        {
            ending = _queue.FinishAsync(lease, new AttemptOutcome.HandedBack(), Cancelled);
            await Eventually.Holds(writing.HoldUpSomebodyAsync, because: "the outcome waits");
            Assert.False(ending.IsCompleted);
        }

        Assert.Equal(JobState.Queued, await ending);
    }

    /// <summary>As a write does that joins the fence.</summary>
    private Task<HeldRows> HoldShareAsync(JobLease lease) =>
        HeldRows.HoldAsync(migrated, "select 1 from podengine.leases l where l.token = @token for share", ("token", lease.Token));

    private async Task<(JobRequest Request, JobLease Lease)> ClaimAsync()
    {
        JobRequest[] requests = [Request(), Request()];
        await _queue.UpsertAsync(requests, Cancelled);
        await _queue.HeartbeatAsync(
            new WorkerHeartbeat { WorkerId = "worker", Queue = _lane, Host = "host", Concurrency = 2, Held = [] }, Cancelled);
        var claimed = await _queue.ClaimAsync(_lane, "worker", 2, Cancelled);
        Assert.Single(claimed.Select(job => job.Lease.Token).Distinct());
        return (requests[1], claimed[1].Lease);
    }

    private JobRequest Request() => new() { Id = JobId.New(), Queue = _lane, Name = "job", Arguments = "{}" };
}
