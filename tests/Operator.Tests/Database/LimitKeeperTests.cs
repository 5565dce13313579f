using PodEngine.Kit;
using PodEngine.Kit.Time;
using PodEngine.Ledger.InMemory;
using PodEngine.Operator.Database;
using PodEngine.Operator.Hosting;
using PodEngine.Queue;
using PodEngine.Queue.InMemory;
using PodEngine.Queue.Limits;

namespace PodEngine.Operator.Tests.Database;

public sealed class LimitKeeperTests
{
    private readonly ManualTimeProvider time = new();
    private readonly LimitKey key = new(Guid.NewGuid(), "runpod/endpoint/run");
    private readonly InMemoryJobQueue queue;
    private readonly InMemorySharedLimits limits;

    public LimitKeeperTests()
    {
        queue = new InMemoryJobQueue(time);
        limits = new InMemorySharedLimits(queue);
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_killed_workers_slots_are_free_within_its_lease_and_a_beat()
    {
        await BeatAsync("killed");
        Assert.IsType<SlotDecision.Opened>(await limits.OpenSlotAsync(key, 1, "killed", Cancelled));
        using var stop = new CancellationTokenSource();
        var stores = new OperatorStores(queue, queue, new InMemoryJobLedger(queue), limits, _ => Task.CompletedTask, "memory");
        var health = new DatabaseHealth(time);
        health.Works();
        var keeping = new LimitKeeper(stores, health, time).RunAsync(stop.Token);

        for (var second = 0; second < 15; second++)
        {
            await time.WhenArmedAsync(1, Cancelled);
            time.Advance(TimeSpan.FromSeconds(1));
        }

        await BeatAsync("alive");
        await Eventually.Holds(
            async () => await limits.OpenSlotAsync(key, 1, "alive", Cancelled) is SlotDecision.Opened, because: "the killed worker's slot is free");
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => keeping);
    }

    private Task<HeartbeatReply> BeatAsync(string worker) => queue.HeartbeatAsync(
        new WorkerHeartbeat { WorkerId = worker, Queue = new QueueKey(key.InstallationId, "shop", "default"), Host = "host", Concurrency = 1, Held = [] }, Cancelled);
}
