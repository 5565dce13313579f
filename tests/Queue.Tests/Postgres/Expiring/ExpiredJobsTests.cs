using PodEngine.Kit;
using PodEngine.Queue.Postgres.Expiring;

namespace PodEngine.Queue.Tests.Postgres.Expiring;

/// <summary>Retention and whoever applies the same job meet in two connections.</summary>
public sealed class ExpiredJobsTests(MigratedStore migrated) : OnOneQueue(migrated)
{
    [Fact]
    public async Task A_job_applied_again_while_retention_takes_it_away_does_not_run_again()
    {
        var request = await EndedAsync(Request());
        var other = Request();

        Assert.Equal(
            [UpsertOutcome.Unchanged, UpsertOutcome.Inserted],
            await UpsertWhileForgottenAsync(request.Id, request with { Generation = 2, Priority = 4 }, other));

        Assert.Null(await Queue.FindAsync(request.Id, Cancelled));
        Assert.Equal(other.Id, Assert.Single(await ClaimAsync()).Lease.Job);
        Assert.Equal([UpsertOutcome.Unchanged], await Queue.UpsertAsync([request with { Generation = 3 }], Cancelled));
    }

    [Fact]
    public async Task A_job_applied_with_a_new_retry_token_while_retention_takes_it_away_runs_again()
    {
        var request = await EndedAsync(Request());

        Assert.Equal(
            [UpsertOutcome.Inserted], await UpsertWhileForgottenAsync(request.Id, request with { Generation = 2, RetryToken = "again" }));

        Assert.Equal(request.Id, Assert.Single(await ClaimAsync()).Lease.Job);
        Assert.Empty(await Migrated.ReadAsync("select t.id from podengine.tombstones t", row => row.GetGuid(0)));
    }

    [Fact]
    public async Task A_forgotten_job_is_remembered_by_its_last_retry_token_also_where_an_older_tombstone_lies()
    {
        var request = await EndedAsync(Request() with { Generation = 2, RetryToken = "again" });
        await Migrated.ExecuteAsync($"""
            insert into podengine.tombstones (id, installation_id, state, generation, finished_at)
            values ('{request.Id.Value}', '{Lane.InstallationId}', 'failed', 1, now())
            """);

        await Queue.ForgetAsync([request.Id], forGood: false, Cancelled);

        Assert.Equal([UpsertOutcome.Unchanged], await Queue.UpsertAsync([request with { Generation = 3 }], Cancelled));
    }

    /// <summary>The requests are sent when retention has taken the job away, and before that is committed.</summary>
    private async Task<IReadOnlyList<UpsertOutcome>> UpsertWhileForgottenAsync(JobId forgotten, params JobRequest[] requests)
    {
        await using var forgetting = await HeldRows.HoldAsync(
            Migrated, (connection, token) => new ExpiredJobs(Migrated.Store).ForgetAsync(connection, [forgotten], forGood: false, token));
        var upsert = Queue.UpsertAsync(requests, Cancelled);
        await Eventually.Holds(forgetting.HoldUpSomebodyAsync, because: "the insert waits for the transaction that takes the job away");
        await forgetting.CommitAsync();
        return await upsert;
    }

    private async Task<JobRequest> EndedAsync(JobRequest request)
    {
        await Queue.UpsertAsync([request], Cancelled);
        await Queue.CancelAsync(request.Id, "Cancelled", Cancelled);
        await Queue.AcknowledgeMirroredAsync(await Queue.ListUnmirroredAsync(Lane.InstallationId, 10, Cancelled), Cancelled);
        return request;
    }

    private async Task<IReadOnlyList<ClaimedJob>> ClaimAsync()
    {
        await Queue.HeartbeatAsync(
            new WorkerHeartbeat { WorkerId = "worker", Queue = Lane, Host = "host", Concurrency = 5, Held = [] }, Cancelled);
        return await Queue.ClaimAsync(Lane, "worker", 5, Cancelled);
    }

    private JobRequest Request() => new() { Id = JobId.New(), Queue = Lane, Name = "job", Arguments = "{}" };
}
