using PodEngine.Queue.Limits;

namespace PodEngine.Queue.Tests.Behaviour;

/// <summary>The contract of <see cref="ISharedLimits"/>, one test per promise. Every store passes the same suite: a subclass per store opens it.</summary>
public abstract partial class SharedLimitsSuite(SettableClock clock) : IAsyncLifetime
{
    protected static readonly TimeSpan LeaseLength = TimeSpan.FromSeconds(10);

    protected SettableClock Clock { get; } = clock;

    /// <summary>The test's own, so that what others left in the store does not count.</summary>
    protected Guid Installation { get; } = Guid.NewGuid();

    protected ISharedLimits Limits { get; private set; } = null!;

    protected IJobQueue Queue { get; private set; } = null!;

    protected static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        (Limits, Queue) = await OpenAsync(new QueueTimings { LeaseLength = LeaseLength });

        // No store takes silence for death within a lease length of its own start: let it pass.
        await Limits.MaintainAsync(Cancelled);
        Clock.Advance(LeaseLength);
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        GC.SuppressFinalize(this);
    }

    protected abstract Task<(ISharedLimits Limits, IJobQueue Queue)> OpenAsync(QueueTimings timings);

    protected abstract ValueTask CloseAsync();

    protected LimitKey Key(string name = "printify") => new(Installation, name);

    protected static RateLimit PerMinute(int permits) => new(permits, TimeSpan.FromMinutes(1));

    protected async Task<bool> IsGrantedAsync(RateLimit limit, int permits = 1, string key = "printify") =>
        await Limits.ReserveAsync([new RateDemand(Key(key), limit, permits)], Cancelled) is RateDecision.Granted;

    protected async Task<TimeSpan> RefusalAsync(RateLimit limit, int permits = 1, string key = "printify") =>
        Assert.IsType<RateDecision.NotBefore>(await Limits.ReserveAsync([new RateDemand(Key(key), limit, permits)], Cancelled)).Wait;

    protected Task BeatAsync(string worker) => Queue.HeartbeatAsync(
        new WorkerHeartbeat
        {
            WorkerId = Named(worker),
            Queue = new QueueKey(Installation, "default", "default"),
            Host = "host",
            Concurrency = 5,
            Held = [],
        },
        Cancelled);

    protected async Task<LimitSlot?> OpenAsync(string worker, int max, string key = "runpod") =>
        (await Limits.OpenSlotAsync(Key(key), max, Named(worker), Cancelled) as SlotDecision.Opened)?.Slot;

    /// <summary>A worker's id is unique in the store.</summary>
    protected string Named(string worker) => $"{worker}/{Installation:N}";
}
