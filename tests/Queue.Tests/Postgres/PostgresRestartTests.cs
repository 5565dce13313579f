using PodEngine.Kit;
using PodEngine.Kit.Postgres;
using PodEngine.Queue.Postgres;
using PodEngine.Queue.Postgres.Connecting;
using PodEngine.Queue.Postgres.Migrations;
using PodEngine.Queue.Tests.Behaviour;

namespace PodEngine.Queue.Tests.Postgres;

/// <summary>
/// PostgreSQL ends and starts again while a worker holds a job. The store's clock is the test's, and a lease is an hour long: no machine is slow enough to
/// matter. What the server says of its own start is true, so the clock begins in the past and has arrived in the present after the restart.
/// </summary>
public sealed class PostgresRestartTests : IAsyncLifetime
{
    private static readonly QueueKey Lane = new(Guid.NewGuid(), "default", "default");
    private static readonly QueueTimings Timings = new() { LeaseLength = TimeSpan.FromHours(1) };
    private static readonly TimeSpan Outage = 2 * Timings.LeaseLength;

    private readonly SettableClock _clock = new();
    private PostgresServer _server = null!;
    private PostgresSchema _schema = null!;
    private PostgresStore _store = null!;
    private PostgresJobQueue _worker = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _clock.Advance(-Outage);
        _server = await PostgresServer.StartAsync(durable: true);
        _schema = await PostgresSchema.CreateAsync(_server);
        _store = PostgresStore.Open(_schema.Uri, PostgresStore.ListenOff, _clock);
        await PostgresMigrator.ApplyAsync(_store, [QueueMigrations.Component], Cancelled);
        _worker = new PostgresJobQueue(_store, Timings);
    }

    public async ValueTask DisposeAsync()
    {
        await _worker.DisposeAsync();
        await _store.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData("fast")]
    [InlineData("immediate")]
    [InlineData("killed")]
    public async Task A_database_restart_rescues_nobody_and_loses_nothing(string mode)
    {
        await using var store = PostgresStore.Open(_schema.Uri, PostgresStore.ListenOff, _clock);
        await using var leader = new PostgresJobQueue(store, Timings);
        await leader.MaintainAsync(Cancelled);
        var lease = await ClaimAsync();

        await RestartAsync(mode, meanwhile: () => Assert.ThrowsAsync<QueueUnavailableException>(() => BeatAsync(lease)));

        await Eventually.Passes(async () => Assert.Equal(0, await leader.MaintainAsync(Cancelled)), because: "the leader is back");
        Assert.Equal(0, (await _worker.FindAsync(lease.Job, Cancelled))?.Rescues);
        Assert.Equal(JobState.Completed, await ReportAsync(lease));
    }

    [Fact]
    public async Task After_an_outage_longer_than_the_lease_a_worker_renews_what_nobody_has_taken()
    {
        var lease = await ClaimAsync();

        await RestartAsync("fast", meanwhile: () => Assert.ThrowsAsync<QueueUnavailableException>(() => BeatAsync(lease)));

        Assert.Empty((await BeatAsync(lease)).Lost);
        await _worker.ReportProgressAsync(lease, new JobProgress(50, "images"), Cancelled);
        Assert.Equal(JobState.Completed, await ReportAsync(lease));
    }

    [Fact]
    public async Task A_leader_that_missed_the_restart_behind_a_pooler_rescues_nobody_within_a_lease_length_of_it()
    {
        await using var pooler = await PgBouncer.StartAsync(_server);
        await using var store = PostgresStore.Open(pooler.Via(_schema.Uri), PostgresStore.ListenOff, _clock);
        await using var leader = new PostgresJobQueue(store, Timings);
        await leader.MaintainAsync(Cancelled);
        var lease = await ClaimAsync();

        await RestartAsync("fast", meanwhile: () => Task.CompletedTask);

        Assert.Equal(0, await leader.MaintainAsync(Cancelled));
        Assert.Equal(0, store.Outages);

        _clock.Advance(Outage);
        await Eventually.Holds(async () => await leader.MaintainAsync(Cancelled) == 1, because: "a worker that is silent for a lease length after the restart is dead");
        Assert.Null(await ReportAsync(lease));
    }

    /// <summary>As a worker does: a report that meets a connection of before the restart is repeated.</summary>
    private async Task<JobState?> ReportAsync(JobLease lease)
    {
        for (var tries = 5; ; tries--)
        {
            try
            {
                return await _worker.FinishAsync(lease, new AttemptOutcome.Completed(), Cancelled);
            }
            catch (QueueUnavailableException) when (tries > 0)
            {
                // Once for each connection of the pool at most.
            }
        }
    }

    private async Task RestartAsync(string mode, Func<Task> meanwhile)
    {
        await (mode switch
        {
            "fast" => _server.StopAsync(),
            "immediate" => _server.QuitAsync(),
            _ => _server.KillAsync(),
        });
        await meanwhile();
        _clock.Advance(Outage);
        await _server.StartAgainAsync();
    }

    private async Task<JobLease> ClaimAsync()
    {
        await _worker.UpsertAsync([new JobRequest { Id = JobId.New(), Queue = Lane, Name = "job", Arguments = "{}", ActiveDeadline = TimeSpan.FromDays(1) }], Cancelled);
        await BeatAsync();
        return Assert.Single(await _worker.ClaimAsync(Lane, "worker", 1, Cancelled)).Lease;
    }

    private Task<HeartbeatReply> BeatAsync(params JobLease[] held) => _worker.HeartbeatAsync(
        new WorkerHeartbeat { WorkerId = "worker", Queue = Lane, Host = "host", Concurrency = 1, Held = held }, Cancelled);
}
