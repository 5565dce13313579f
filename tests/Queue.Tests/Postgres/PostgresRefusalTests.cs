namespace PodEngine.Queue.Tests.Postgres;

/// <summary>PostgreSQL is there and refuses a value. What it refuses here is a rule of the test's own, which no check before can know.</summary>
public sealed class PostgresRefusalTests(MigratedStore migrated) : OnOneQueue(migrated)
{
    [Fact]
    public async Task A_request_that_PostgreSQL_refuses_is_told_from_an_outage()
    {
        await Migrated.ExecuteAsync("alter table podengine.jobs add constraint no_ghosts check (name <> 'ghost')");
        JobRequest good = Request(), ghost = Request() with { Name = "ghost" };

        var refusal = await Assert.ThrowsAsync<QueueRefusedException>(() => Queue.UpsertAsync([good, ghost], Cancelled));

        Assert.Contains("no_ghosts", refusal.Message, StringComparison.Ordinal);
        Assert.Null(await Queue.FindAsync(good.Id, Cancelled));
        Assert.Equal([UpsertOutcome.Inserted], await Queue.UpsertAsync([good], Cancelled));
        Assert.Equal(0, Migrated.Store.Outages);
    }

    [Fact]
    public async Task An_outcome_that_PostgreSQL_refuses_takes_no_other_down_with_it()
    {
        await Migrated.ExecuteAsync("alter table podengine.job_state add constraint no_ghosts check (result <> 'ghost')");
        await Queue.UpsertAsync([.. Enumerable.Range(0, 20).Select(_ => Request())], Cancelled);
        await Queue.HeartbeatAsync(
            new WorkerHeartbeat { WorkerId = "worker", Queue = Lane, Host = "host", Concurrency = 20, Held = [] }, Cancelled);
        var claimed = await Queue.ClaimAsync(Lane, "worker", 20, Cancelled);

        var reports = claimed.Select((job, i) => Queue.FinishAsync(job.Lease, new AttemptOutcome.Completed(i == 10 ? "ghost" : "{}"), Cancelled)).ToList();

        await Assert.ThrowsAsync<QueueRefusedException>(() => reports[10]);
        reports.RemoveAt(10);
        Assert.All(await Task.WhenAll(reports), state => Assert.Equal(JobState.Completed, state));
        Assert.Equal(JobState.Failed, await Queue.FinishAsync(claimed[10].Lease, Failure(), Cancelled));
    }

    private static AttemptOutcome.Failed Failure() => new(new JobFailure("Engine", "Refused", "The outcome cannot be kept.", Retryable: false));

    private JobRequest Request() => new() { Id = JobId.New(), Queue = Lane, Name = "job", Arguments = "{}" };
}
