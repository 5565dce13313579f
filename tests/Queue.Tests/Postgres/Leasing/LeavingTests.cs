using PodEngine.Kit;

namespace PodEngine.Queue.Tests.Postgres.Leasing;

/// <summary>A worker leaves while others work on what it holds.</summary>
public sealed class LeavingTests(MigratedStore migrated) : OnOneQueue(migrated)
{
    [Theory]
    [InlineData("select 1 from podengine.jobs j where j.id = @id for no key update")]
    [InlineData("select 1 from podengine.leases l where (select j.seq from podengine.jobs j where j.id = @id) = any (l.jobs) for update")]
    public async Task A_worker_that_leaves_hands_back_also_the_job_that_somebody_is_changing(string change)
    {
        var job = await ClaimAsync();
        Task leaving;
        await using (var changing = await HeldRows.HoldAsync(Migrated, change, ("id", job.Value)))
        {
            leaving = Queue.DeregisterAsync("worker", Cancelled);
            await Eventually.Holds(
                async () => leaving.IsCompleted || await changing.HoldUpSomebodyAsync(), because: "the worker waits for the change, or is gone");
        }

        await leaving;

        var record = await Queue.FindAsync(job, Cancelled);
        Assert.Equal((JobState.Queued, 0), (record?.State, record?.Rescues));
    }

    private async Task<JobId> ClaimAsync()
    {
        var request = new JobRequest { Id = JobId.New(), Queue = Lane, Name = "job", Arguments = "{}" };
        await Queue.UpsertAsync([request], Cancelled);
        await Queue.HeartbeatAsync(
            new WorkerHeartbeat { WorkerId = "worker", Queue = Lane, Host = "host", Concurrency = 1, Held = [] }, Cancelled);
        return Assert.Single(await Queue.ClaimAsync(Lane, "worker", 1, Cancelled)).Lease.Job;
    }
}
