using PodEngine.Kit;
using PodEngine.Kit.Postgres;
using PodEngine.Queue.Postgres;
using PodEngine.Queue.Postgres.Connecting;

namespace PodEngine.Queue.Tests.Postgres.Pooling;

/// <summary>
/// What is different behind a transaction-mode pooler: the next transaction may meet another session, and notifications do not come through. A worker, who
/// goes through it, and somebody who cancels, who does not.
/// </summary>
public sealed class PoolerTests(PooledStore pooled) : IClassFixture<PooledStore>, IAsyncLifetime
{
    /// <summary>Far longer than any wait that ends by itself.</summary>
    private static readonly TimeSpan LongWait = TimeSpan.FromMinutes(10);

    private readonly string _worker = $"worker-{Guid.NewGuid():N}";
    private readonly QueueKey _lane = new(Guid.NewGuid(), "default", "default");
    private PostgresStore _direct = null!;
    private PostgresJobQueue _canceller = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string PooledUrl => pooled.Pooler.Via(pooled.Schema.Uri);

    public ValueTask InitializeAsync()
    {
        _direct = PostgresStore.Open(pooled.Schema.Uri, PostgresStore.ListenOff);
        _canceller = new PostgresJobQueue(_direct);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _canceller.DisposeAsync();
        await _direct.DisposeAsync();
    }

    [Fact]
    public async Task With_a_direct_address_to_listen_on_a_cancel_ends_the_wait_of_the_worker_it_is_for()
    {
        await using var store = PostgresStore.Open(PooledUrl, pooled.Schema.Uri);
        await using var worker = new PostgresJobQueue(store);
        await StartWaitingAsync(worker);
        await Eventually.Holds(() => worker.IsListening, because: "the direct connection listens");
        var lease = await ClaimAsync(worker);
        await DrainWakesAsync(worker);

        var wait = worker.WaitForWorkAsync(_lane, LongWait, Cancelled);
        Assert.True(await _canceller.CancelAsync(lease.Job, "Cancelled", Cancelled));

        Assert.True(await wait.WaitAsync(TimeSpan.FromMinutes(1), Cancelled), "The wait ended by itself.");
        Assert.Equal([lease], (await BeatAsync(worker, lease)).CancelRequested);
    }

    [Fact]
    public async Task Without_one_waiting_is_polling_and_the_heartbeat_tells_of_a_cancel()
    {
        await using var store = PostgresStore.Open(PooledUrl, PostgresStore.ListenOff);
        await using var worker = new PostgresJobQueue(store);
        var lease = await ClaimAsync(worker);

        Assert.True(await _canceller.CancelAsync(lease.Job, "Cancelled", Cancelled));

        Assert.Equal([lease], (await BeatAsync(worker, lease)).CancelRequested);
        await DrainWakesAsync(worker);
        Assert.False(await worker.WaitForWorkAsync(_lane, LongWait, Cancelled).WaitAsync(TimeSpan.FromMinutes(1), Cancelled));
        Assert.False(worker.IsListening);
        Assert.Equal(JobState.Cancelled, await worker.FinishAsync(lease, new AttemptOutcome.Cancelled("Cancelled"), Cancelled));
    }

    [Fact]
    public async Task Listening_by_way_of_the_pooler_is_found_to_be_deaf_and_waiting_stays_polling()
    {
        var log = new LoggedLines();
        await using var store = PostgresStore.Open(PooledUrl);
        await using var worker = new PostgresJobQueue(store, logger: log);
        await StartWaitingAsync(worker);

        await Eventually.Holds(() => log.Lines.Any(line => line.Contains("notifications do not arrive", StringComparison.Ordinal)));

        Assert.False(worker.IsListening);
        await worker.WaitForWorkAsync(_lane, LongWait, Cancelled).WaitAsync(TimeSpan.FromMinutes(1), Cancelled);
    }

    [Fact]
    public async Task Sessions_that_change_under_it_do_not_disturb_the_queue()
    {
        var name = $"pooled-{Guid.NewGuid():N}";
        await using var store = PostgresStore.Open($"{PooledUrl}&application_name={name}", PostgresStore.ListenOff);
        await using var worker = new PostgresJobQueue(store);

        // Each round anew: what a session was told or has prepared is gone with it, or is another's.
        for (var round = 0; round < 5; round++)
        {
            var lease = await ClaimAsync(worker);
            await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => BeatAsync(worker, lease)));
            Assert.Equal(JobState.Completed, await worker.FinishAsync(lease, new AttemptOutcome.Completed(), Cancelled));
            Assert.True(await TerminateAsync(pooled.Schema, name) > 0);
        }
    }

    private async Task<JobLease> ClaimAsync(PostgresJobQueue worker)
    {
        var request = new JobRequest { Id = JobId.New(), Queue = _lane, Name = "job", Arguments = "{}" };
        await worker.UpsertAsync([request], Cancelled);
        await BeatAsync(worker);
        return Assert.Single(await worker.ClaimAsync(_lane, _worker, 1, Cancelled)).Lease;
    }

    private Task<HeartbeatReply> BeatAsync(PostgresJobQueue worker, params JobLease[] held) => worker.HeartbeatAsync(
        new WorkerHeartbeat { WorkerId = _worker, Queue = _lane, Host = "host", Concurrency = 1, Held = held }, Cancelled);

    /// <summary>Listening begins with the first wait.</summary>
    private Task<bool> StartWaitingAsync(PostgresJobQueue worker) => worker.WaitForWorkAsync(_lane, TimeSpan.Zero, Cancelled);

    /// <summary>Wakes of what happened so far are remembered; they are taken first.</summary>
    private async Task DrainWakesAsync(PostgresJobQueue worker) =>
        await Eventually.Holds(async () => !await worker.WaitForWorkAsync(_lane, TimeSpan.FromMilliseconds(200), Cancelled), because: "no wake is left");

    /// <summary>The pooler gives a session the name of the client it serves.</summary>
    private static async Task<int> TerminateAsync(PostgresSchema schema, string applicationName)
    {
        await using var connection = await schema.OpenAsync();
        await using var command = connection.Command(
            "select count(pg_terminate_backend(pid))::int from pg_stat_activity where application_name = @name", ("name", applicationName));
        return (int)(await command.ExecuteScalarAsync(Cancelled))!;
    }
}
