using PodEngine.Queue.Postgres.Standing;

namespace PodEngine.Queue.Tests.Postgres.Standing;

/// <summary>How jobs are locked while others work on them.</summary>
public sealed class StoredJobsTests(MigratedStore migrated) : OnOneQueue(migrated)
{
    [Fact]
    public async Task A_job_whose_claim_is_under_way_is_not_free_and_nobody_waits_for_it()
    {
        var (claiming, free) = (await InsertAsync(), await InsertAsync());
        await using (await HeldRows.HoldAsync(
            Migrated,
            "select 1 from podengine.ready r join podengine.jobs j on j.seq = r.seq where j.id = @id for update of r",
            ("id", claiming.Value)))
        {
            Assert.Equal([free], await FreeAsync(claiming, free));
        }

        Assert.Equal([claiming, free], await FreeAsync(claiming, free));
    }

    private Task<IReadOnlyList<JobId>> FreeAsync(params JobId[] jobs) => Migrated.Store.TransactAsync<IReadOnlyList<JobId>>(
        async (connection, token) =>
            [.. (await new StoredJobs(Migrated.Store).LockFreeAsync(connection, jobs, token)).Select(job => job.Facts.Id)],
        Cancelled);

    private async Task<JobId> InsertAsync()
    {
        var request = new JobRequest { Id = JobId.New(), Queue = Lane, Name = "job", Arguments = "{}" };
        await Queue.UpsertAsync([request], Cancelled);
        return request.Id;
    }
}
