using PodEngine.Kit.Postgres;
using PodEngine.Kit.Time;
using PodEngine.Ledger.Postgres.Migrations;
using PodEngine.Queue;
using PodEngine.Queue.Postgres;
using PodEngine.Queue.Postgres.Connecting;
using PodEngine.Queue.Postgres.Migrations;

namespace PodEngine.Ledger.Tests.Postgres;

public sealed class FencedTransactionTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _clock = new();
    private readonly QueueKey _lane = new(Guid.NewGuid(), "default", "default");
    private PostgresSchema _schema = null!;
    private PostgresStore _store = null!;
    private PostgresJobQueue _queue = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _schema = await PostgresSchema.CreateAsync();
        _store = PostgresStore.Open(_schema.Uri, PostgresStore.ListenOff, _clock);
        await PostgresMigrator.ApplyAsync(_store, LedgerMigrations.All, Cancelled);
        _queue = new PostgresJobQueue(_store);
    }

    public async ValueTask DisposeAsync()
    {
        await _queue.DisposeAsync();
        await _store.DisposeAsync();
        await _schema.DisposeAsync();
    }

    [Fact]
    public async Task A_job_does_not_change_hands_while_a_write_of_its_attempt_is_under_way()
    {
        await _queue.UpsertAsync([new JobRequest { Id = JobId.New(), Queue = _lane, Name = "job", Arguments = "{}" }], Cancelled);
        await _queue.HeartbeatAsync(new WorkerHeartbeat { WorkerId = "worker", Queue = _lane, Host = "host", Concurrency = 1, Held = [] }, Cancelled);
        var lease = Assert.Single(await _queue.ClaimAsync(_lane, "worker", 1, Cancelled)).Lease;
        var written = new TaskCompletionSource();
        var mayCommit = new TaskCompletionSource();

        var write = new PostgresFence(_store, LedgerMigrations.Component).WriteAsync(
            lease,
            async (_, _, _) =>
            {
                written.SetResult();
                await mayCommit.Task;
                return true;
            },
            Cancelled);
        await written.Task;
        var finish = _queue.FinishAsync(lease, new AttemptOutcome.HandedBack(), Cancelled);

        Assert.NotEqual(finish, await Task.WhenAny(finish, Task.Delay(TimeSpan.FromMilliseconds(150), TimeProvider.System, Cancelled)));
        mayCommit.SetResult();
        Assert.True(await write);
        Assert.Equal(JobState.Queued, await finish);
    }
}
