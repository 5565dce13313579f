using PodEngine.Kit.Time;
using PodEngine.Kubernetes.Objects;
using PodEngine.Operator.Database;
using PodEngine.Operator.Installation;
using PodEngine.Operator.WorkerPools;
using PodEngine.Queue;
using PodEngine.Queue.InMemory;

namespace PodEngine.Operator.Tests.WorkerPools;

public class PoolSteererTests
{
    private readonly ManualTimeProvider time = new();
    private readonly ResourceKey pool = new("shop", "default");
    private readonly QueueKey lane = new(Guid.NewGuid(), "shop", "default");
    private readonly InMemoryJobQueue queue;
    private readonly DatabaseHealth health;
    private readonly PoolMemory memory;
    private readonly PoolSteerer steerer;

    public PoolSteererTests()
    {
        queue = new InMemoryJobQueue(time);
        health = new DatabaseHealth(time);
        memory = new PoolMemory(time);
        steerer = new PoolSteerer(queue, health, new InstallationIdentity { Id = lane.InstallationId });
        health.Works();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_hold_that_came_back_with_a_backup_is_lifted_within_a_minute()
    {
        await steerer.HoldAsync(pool, false, memory, Token);
        await queue.HoldAsync(lane, true, Token);

        await steerer.HoldAsync(pool, false, memory, Token);
        Assert.False(await GetsJobAsync());

        time.Advance(TimeSpan.FromMinutes(1));
        await steerer.HoldAsync(pool, false, memory, Token);
        Assert.True(await GetsJobAsync());
    }

    [Fact]
    public async Task Workers_are_let_go_on_as_soon_as_none_shall_leave()
    {
        await BeatAsync();
        var asked = await steerer.DrainAsync(pool, new DrainOrder(1, false), memory, Token);
        Assert.True(Assert.Single(asked!.Workers).IsAsked);

        await steerer.DrainAsync(pool, DrainOrder.None, memory, Token);

        Assert.True(await GetsJobAsync());
    }

    [Fact]
    public async Task While_the_database_is_away_nothing_is_known_of_the_workers()
    {
        health.Failed();

        Assert.Null(await steerer.DrainAsync(pool, DrainOrder.None, memory, Token));
    }

    private async Task<bool> GetsJobAsync()
    {
        await BeatAsync();
        await queue.UpsertAsync([new JobRequest { Id = JobId.New(), Queue = lane, Name = "job", Arguments = "{}" }], Token);
        return await queue.ClaimAsync(lane, "worker", 1, Token) is [_];
    }

    private Task<HeartbeatReply> BeatAsync() => queue.HeartbeatAsync(
        new WorkerHeartbeat { WorkerId = "worker", Queue = lane, Host = "pod", Concurrency = 1, Held = [] }, Token);
}
