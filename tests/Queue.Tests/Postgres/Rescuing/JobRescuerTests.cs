using PodEngine.Kit;
using PodEngine.Kit.Postgres;
using PodEngine.Queue.Postgres;
using PodEngine.Queue.Postgres.Connecting;

namespace PodEngine.Queue.Tests.Postgres.Rescuing;

/// <summary>Rescue while connections of others are stuck, which only a database with several can have.</summary>
public sealed class JobRescuerTests(MigratedStore migrated) : IClassFixture<MigratedStore>, IAsyncLifetime
{
    private static readonly QueueTimings Timings = new();

    private readonly QueueKey _lane = new(Guid.NewGuid(), "default", "default");
    private PostgresJobQueue _queue = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await migrated.EmptyAsync();
        _queue = new PostgresJobQueue(migrated.Store, Timings);

        // Nobody is rescued within a lease length of PostgreSQL's start or of the rescuer's first touch.
        migrated.Clock.Advance(Timings.LeaseLength);
        await _queue.MaintainAsync(Cancelled);
    }

    public ValueTask DisposeAsync() => _queue.DisposeAsync();

    [Theory]
    [InlineData(1)]
    [InlineData(500)]
    public async Task A_lease_that_somebody_holds_locked_keeps_no_job_of_another_worker_from_being_rescued(int jobsOfTheLease)
    {
        var stuck = await ClaimAsync("stuck", jobsOfTheLease);
        var lost = Assert.Single(await ClaimAsync("lost", 1));
        migrated.Clock.Advance(Timings.LeaseLength);

        await using (await HeldRows.OfLeaseAsync(migrated, stuck[0].Lease.Token))
        {
            Assert.Equal(1, await _queue.MaintainAsync(Cancelled));
            Assert.Equal(1, (await _queue.FindAsync(lost.Lease.Job, Cancelled))?.Rescues);
        }

        Assert.Equal(jobsOfTheLease, await _queue.MaintainAsync(Cancelled));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_process_that_is_frozen_within_a_transaction_gives_its_locks_up_and_its_jobs_are_rescued(bool throughPooler)
    {
        await using var pooler = throughPooler ? await PgBouncer.StartAsync(migrated.Schema.Server) : null;
        var job = Assert.Single(await ClaimAsync("frozen", 1)).Lease.Job;
        var thawed = new TaskCompletionSource();
        var locked = new TaskCompletionSource();
        await using var store = PostgresStore.Open(pooler?.Via(migrated.Schema.Uri) ?? migrated.Schema.Uri, PostgresStore.ListenOff);
        var heartbeat = store.TransactAsync(
            async (connection, token) =>
            {
                await using var renew = connection.Command(store.Sql.Text("update podengine.workers set host = host where id = 'frozen'"));
                await renew.ExecuteNonQueryAsync(token);
                locked.TrySetResult();
                await thawed.Task;
                return true;
            },
            Cancelled);
        await locked.Task.WaitAsync(Cancelled);
        migrated.Clock.Advance(Timings.LeaseLength);

        await Eventually.Holds(
            async () => await _queue.MaintainAsync(Cancelled) == 1, TimeSpan.FromSeconds(60), "PostgreSQL ends a transaction that stands still");

        Assert.Equal(1, (await _queue.FindAsync(job, Cancelled))?.Rescues);
        thawed.SetResult();
        await Assert.ThrowsAsync<QueueUnavailableException>(() => heartbeat);
    }

    private async Task<IReadOnlyList<ClaimedJob>> ClaimAsync(string worker, int jobs)
    {
        await _queue.UpsertAsync([.. Enumerable.Range(0, jobs).Select(_ => Request())], Cancelled);
        await _queue.HeartbeatAsync(
            new WorkerHeartbeat { WorkerId = worker, Queue = _lane, Host = "host", Concurrency = jobs, Held = [] }, Cancelled);
        var claimed = await _queue.ClaimAsync(_lane, worker, jobs, Cancelled);
        Assert.Equal(jobs, claimed.Count);
        return claimed;
    }

    private JobRequest Request() => new() { Id = JobId.New(), Queue = _lane, Name = "job", Arguments = "{}" };
}
