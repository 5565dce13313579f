using PodEngine.Kit;

namespace PodEngine.Queue.Tests.Postgres.Completing;

/// <summary>Jobs of one claim share a lease, and each is worked on by itself.</summary>
public sealed class SharedLeaseTests(MigratedStore migrated) : OnOneQueue(migrated)
{
    [Fact]
    public async Task While_one_attempt_writes_to_the_ledger_its_siblings_report_and_are_changed_and_cancelled()
    {
        var (request, lease) = await ClaimAsync();

        await using (await HoldShareAsync(lease))
        {
            await Queue.ReportProgressAsync(lease, new JobProgress(30, "images"), Cancelled);
            Assert.Equal([UpsertOutcome.Updated], await Queue.UpsertAsync([request with { Generation = 2, Priority = 3 }], Cancelled));
            Assert.True(await Queue.CancelAsync(lease.Job, "Cancelled", Cancelled));
        }

        var job = await Queue.FindAsync(lease.Job, Cancelled);
        Assert.Equal((JobState.Processing, 30, 3, true), (job?.State, job?.Progress?.Percent, job?.Priority, job?.CancelRequested));
    }

    [Fact]
    public async Task An_outcome_waits_until_what_is_being_written_under_its_lease_is_written()
    {
        var (_, lease) = await ClaimAsync();
        Task<JobState?> ending;
        await using (var writing = await HoldShareAsync(lease))
        {
            ending = Queue.FinishAsync(lease, new AttemptOutcome.HandedBack(), Cancelled);
            await Eventually.Holds(writing.HoldUpSomebodyAsync, because: "the outcome waits");
            Assert.False(ending.IsCompleted);
        }

        Assert.Equal(JobState.Queued, await ending);
    }

    /// <summary>As a write does that joins the fence.</summary>
    private Task<HeldRows> HoldShareAsync(JobLease lease) =>
        HeldRows.HoldAsync(Migrated, "select 1 from podengine.leases l where l.token = @token for share", ("token", lease.Token));

    private async Task<(JobRequest Request, JobLease Lease)> ClaimAsync()
    {
        JobRequest[] requests = [Request(), Request()];
        await Queue.UpsertAsync(requests, Cancelled);
        await Queue.HeartbeatAsync(
            new WorkerHeartbeat { WorkerId = "worker", Queue = Lane, Host = "host", Concurrency = 2, Held = [] }, Cancelled);
        var claimed = await Queue.ClaimAsync(Lane, "worker", 2, Cancelled);
        Assert.Single(claimed.Select(job => job.Lease.Token).Distinct());
        return (requests[1], claimed[1].Lease);
    }

    private JobRequest Request() => new() { Id = JobId.New(), Queue = Lane, Name = "job", Arguments = "{}" };
}
