using PodEngine.Queue.Limits;
using PodEngine.Queue.Postgres;
using PodEngine.Queue.Postgres.Connecting;

namespace PodEngine.Queue.Tests.Postgres;

/// <summary>What one worker process has of the limits. Owns its store.</summary>
internal sealed class LimitProcess : IAsyncDisposable
{
    public static readonly TimeSpan LeaseLength = TimeSpan.FromSeconds(10);

    private readonly PostgresStore _store;
    private readonly PostgresJobQueue _queue;
    private string _worker = "none";

    public LimitProcess(PostgresStore store, int number)
    {
        (_store, Number) = (store, number);
        var clocks = new QueueTimings { LeaseLength = LeaseLength };
        _queue = new PostgresJobQueue(store, clocks);
        Limits = new PostgresSharedLimits(store, clocks);
    }

    public int Number { get; }

    public PostgresSharedLimits Limits { get; }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public Task BeatAsync(string worker, QueueKey lane)
    {
        _worker = $"{worker}/{lane.InstallationId:N}";
        return _queue.HeartbeatAsync(new WorkerHeartbeat { WorkerId = _worker, Queue = lane, Host = "host", Concurrency = 5, Held = [] }, Cancelled);
    }

    public async Task<bool> IsGrantedAsync(LimitKey key, RateLimit limit) =>
        await Limits.ReserveAsync([new RateDemand(key, limit)], Cancelled) is RateDecision.Granted;

    public async Task<LimitSlot?> OpenAsync(LimitKey key, int max) =>
        (await Limits.OpenSlotAsync(key, max, _worker, Cancelled) as SlotDecision.Opened)?.Slot;

    public async ValueTask DisposeAsync()
    {
        await Limits.DisposeAsync();
        await _queue.DisposeAsync();
        await _store.DisposeAsync();
    }
}
