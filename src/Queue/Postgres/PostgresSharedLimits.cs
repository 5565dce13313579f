using PodEngine.Queue.Limits;
using PodEngine.Queue.Postgres.Connecting;
using PodEngine.Queue.Postgres.Limiting;
using PodEngine.Queue.Postgres.Migrations;

namespace PodEngine.Queue.Postgres;

/// <summary>
/// Limits kept by all processes that share a PostgreSQL database. One per process: it holds the process's stock of permits. Construction connects to
/// nothing.
/// <para>Rates: permits are granted in blocks that this process then uses without asking. Time is the database's; here only spans are measured, from before
/// the asking, so that a block is over here before it is over there.</para>
/// <para>Disposing it waits for questions under way; the <see cref="PostgresStore"/> stays its owner's.</para>
/// </summary>
public sealed class PostgresSharedLimits : ISharedLimits, IAsyncDisposable
{
    private readonly SchemaGate _gate;
    private readonly PermitReserver _permits;
    private readonly OpenSlots _slots;
    private readonly LimitSweeper _sweeper;

    /// <param name="store">The database; until it is migrated every call says so.</param>
    /// <param name="timings">The clocks of the lease protocol; the same for everybody who shares the database.</param>
    public PostgresSharedLimits(PostgresStore store, QueueTimings? timings = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        var clocks = timings ?? new QueueTimings();
        var time = store.TestClock ?? TimeProvider.System;
        _gate = new SchemaGate(store, QueueMigrations.Component);
        _permits = new PermitReserver(store, _gate, time);
        _slots = new OpenSlots(store, _gate, clocks, time);
        _sweeper = new LimitSweeper(store, clocks, time);
    }

    /// <inheritdoc/>
    public ValueTask<RateDecision> ReserveAsync(IReadOnlyList<RateDemand> demands, CancellationToken cancellationToken)
    {
        RateDemand.ThrowIfAmbiguous(demands);
        return _permits.ReserveAsync(demands, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<SlotDecision> OpenSlotAsync(LimitKey key, int max, string workerId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentOutOfRangeException.ThrowIfLessThan(max, 1);
        ArgumentException.ThrowIfNullOrEmpty(workerId);
        return _slots.OpenAsync(key, max, workerId, cancellationToken);
    }

    /// <inheritdoc/>
    public Task CloseSlotAsync(LimitSlot slot, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(slot);
        return _slots.CloseAsync(slot, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<int> MaintainAsync(CancellationToken cancellationToken)
    {
        await _gate.PassAsync(cancellationToken);
        return await _sweeper.SweepAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _permits.DisposeAsync();
}
