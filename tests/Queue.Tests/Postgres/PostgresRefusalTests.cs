using PodEngine.Queue.Postgres;

namespace PodEngine.Queue.Tests.Postgres;

/// <summary>PostgreSQL is there and refuses a value. What it refuses here is a rule of the test's own, which no check before can know.</summary>
public sealed class PostgresRefusalTests(MigratedStore migrated) : IClassFixture<MigratedStore>, IAsyncLifetime
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
    public async Task A_request_that_PostgreSQL_refuses_is_told_from_an_outage()
    {
        await migrated.ExecuteAsync("alter table podengine.jobs add constraint no_ghosts check (name <> 'ghost')");
        JobRequest good = Request(), ghost = Request() with { Name = "ghost" };

        var refusal = await Assert.ThrowsAsync<QueueRefusedException>(() => _queue.UpsertAsync([good, ghost], Cancelled));

        Assert.Contains("no_ghosts", refusal.Message, StringComparison.Ordinal);
        Assert.Null(await _queue.FindAsync(good.Id, Cancelled));
        Assert.Equal([UpsertOutcome.Inserted], await _queue.UpsertAsync([good], Cancelled));
        Assert.Equal(0, migrated.Store.Outages);
    }

    [Fact]
    public async Task An_outcome_that_PostgreSQL_refuses_takes_no_other_down_with_it()
    {
        await migrated.ExecuteAsync("alter table podengine.job_state add constraint no_ghosts check (result <> 'ghost')");
        await _queue.UpsertAsync([.. Enumerable.Range(0, 20).Select(_ => Request())], Cancelled);
        await _queue.HeartbeatAsync(
            new WorkerHeartbeat { WorkerId = "worker", Queue = _lane, Host = "host", Concurrency = 20, Held = [] }, Cancelled);
        var claimed = await _queue.ClaimAsync(_lane, "worker", 20, Cancelled);

        var reports = claimed.Select((job, i) => _queue.FinishAsync(job.Lease, new AttemptOutcome.Completed(i == 10 ? "ghost" : "{}"), Cancelled)).ToList();

        await Assert.ThrowsAsync<QueueRefusedException>(() => reports[10]);
        reports.RemoveAt(10);
        Assert.All(await Task.WhenAll(reports), state => Assert.Equal(JobState.Completed, state));
        Assert.Equal(JobState.Failed, await _queue.FinishAsync(claimed[10].Lease, Failure(), Cancelled));
    }

    private static AttemptOutcome.Failed Failure() => new(new JobFailure("Engine", "Refused", "The outcome cannot be kept.", Retryable: false));

    private JobRequest Request() => new() { Id = JobId.New(), Queue = _lane, Name = "job", Arguments = "{}" };
}
