using PodEngine.Kit;
using PodEngine.Queue.Postgres;

namespace PodEngine.Queue.Tests.Postgres.Leasing;

/// <summary>Heartbeats while others hold what else goes with them.</summary>
public sealed class HeartbeatTests(MigratedStore migrated) : IClassFixture<MigratedStore>, IAsyncLifetime
{
    /// <summary>Every report but the first of a step is held back.</summary>
    private static readonly QueueTimings Timings = new() { ProgressInterval = TimeSpan.FromHours(1) };

    private readonly QueueKey _lane = new(Guid.NewGuid(), "default", "default");
    private PostgresJobQueue _queue = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await migrated.EmptyAsync();
        _queue = new PostgresJobQueue(migrated.Store, Timings);
    }

    public ValueTask DisposeAsync() => _queue.DisposeAsync();

    [Fact]
    public async Task A_heartbeat_is_answered_also_while_a_report_held_back_cannot_be_stored()
    {
        var request = new JobRequest { Id = JobId.New(), Queue = _lane, Name = "job", Arguments = "{}" };
        await _queue.UpsertAsync([request], Cancelled);
        await BeatAsync();
        var lease = Assert.Single(await _queue.ClaimAsync(_lane, "worker", 1, Cancelled)).Lease;
        await _queue.ReportProgressAsync(lease, new JobProgress(10, "images"), Cancelled);
        await _queue.ReportProgressAsync(lease, new JobProgress(20, "images"), Cancelled);
        await _queue.CancelAsync(lease.Job, "Cancelled", Cancelled);

        await using (await HeldRows.HoldAsync(
            migrated, "select 1 from podengine.jobs j where j.id = @id for no key update", ("id", lease.Job.Value)))
        {
            Assert.Equal([lease], (await BeatAsync(lease)).CancelRequested);
            Assert.Equal(10, await PercentAsync(lease));
        }

        await Eventually.Holds(async () => await PercentAsync(lease) == 20, because: "the report is stored once the job is free");
    }

    private Task<HeartbeatReply> BeatAsync(params JobLease[] held) => _queue.HeartbeatAsync(
        new WorkerHeartbeat { WorkerId = "worker", Queue = _lane, Host = "host", Concurrency = 1, Held = held }, Cancelled);

    private async Task<int?> PercentAsync(JobLease lease) => (await _queue.FindAsync(lease.Job, Cancelled))?.Progress?.Percent;
}
