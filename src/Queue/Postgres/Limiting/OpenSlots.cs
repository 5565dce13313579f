using Npgsql;
using PodEngine.Queue.Limits;
using PodEngine.Queue.Postgres.Connecting;
using PodEngine.Queue.Postgres.Migrations;

namespace PodEngine.Queue.Postgres.Limiting;

/// <summary>
/// Opens and closes slots. A slot gets its id here, so that one whose opening or closing was not answered can be closed all the same: it is remembered
/// and goes with the next call for its key, or with its worker.
/// </summary>
internal sealed class OpenSlots(PostgresStore store, SchemaGate gate, QueueTimings timings, TimeProvider time)
{
    /// <summary>Nobody knows when a slot is given back: one question a second per key and process, and at once after one's own.</summary>
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<LimitKey, (int Max, string WorkerId, long At)> _refused = [];
    private readonly HashSet<LimitSlot> _uncertain = [];

    public async Task<SlotDecision> OpenAsync(LimitKey key, int max, string workerId, CancellationToken cancellationToken)
    {
        if (RefusedFor(key, max, workerId) is { } wait)
        {
            return new SlotDecision.NotBefore(wait);
        }

        var slot = new LimitSlot(Guid.NewGuid(), key, workerId);
        try
        {
            var opened = await DecideAsync(key, batch => AddOpening(batch, slot, max), cancellationToken);
            Remember(key, opened ? null : (max, workerId, time.GetTimestamp()));
            return opened ? new SlotDecision.Opened(slot) : new SlotDecision.NotBefore(AskAgainAfter);
        }
        catch
        {
            Doubt(slot);
            throw;
        }
    }

    public async Task CloseAsync(LimitSlot slot, CancellationToken cancellationToken)
    {
        Doubt(slot);
        await DecideAsync(slot.Key, static _ => { }, cancellationToken);
        Remember(slot.Key, refusal: null);
    }

    private TimeSpan? RefusedFor(LimitKey key, int max, string workerId)
    {
        lock (_lock)
        {
            if (!_refused.TryGetValue(key, out var refused) || refused.Max != max || refused.WorkerId != workerId)
            {
                return null;
            }

            var left = AskAgainAfter - time.GetElapsedTime(refused.At);
            return left > TimeSpan.Zero ? left : null;
        }
    }

    private void Remember(LimitKey key, (int Max, string WorkerId, long At)? refusal)
    {
        lock (_lock)
        {
            if (refusal is { } refused)
            {
                _refused[key] = refused;
            }
            else
            {
                _refused.Remove(key);
            }
        }
    }

    private void Doubt(LimitSlot slot)
    {
        lock (_lock)
        {
            _uncertain.Add(slot);
        }
    }

    /// <summary>Closes what is uncertain of a key and does what else is wanted, under the key's lock: an opening under way is then over. True when that inserted.</summary>
    private async Task<bool> DecideAsync(LimitKey key, Action<NpgsqlBatch> wanted, CancellationToken cancellationToken)
    {
        await gate.PassAsync(cancellationToken);
        LimitSlot[] closing;
        lock (_lock)
        {
            closing = [.. _uncertain.Where(slot => slot.Key == key)];
        }

        var inserted = await store.TransactAsync((connection, token) => DecideAsync(connection, key, closing, wanted, token), cancellationToken);
        lock (_lock)
        {
            _uncertain.ExceptWith(closing);
        }

        return inserted;
    }

    private async Task<bool> DecideAsync(
        NpgsqlConnection connection, LimitKey key, LimitSlot[] closing, Action<NpgsqlBatch> wanted, CancellationToken cancellationToken)
    {
        await using var batch = connection.CreateBatch();
        batch.AddLock(store, key);
        if (closing.Length > 0)
        {
            batch.Add(
                store.Sql.Text("delete from podengine.limit_slots where id = any (@ids)"), ("ids", closing.Select(slot => slot.Id).ToArray()));
        }

        wanted(batch);
        await batch.ExecuteNonQueryAsync(cancellationToken);
        return batch.BatchCommands[^1] is { StatementType: StatementType.Insert, RecordsAffected: 1 };
    }

    private void AddOpening(NpgsqlBatch batch, LimitSlot slot, int max) => batch.Add(
        store.Sql.File("Postgres/Limiting/open_slot.sql"),
        ("id", slot.Id),
        ("installation_id", slot.Key.InstallationId),
        ("limit_key", slot.Key.Name),
        ("worker_id", slot.WorkerId),
        ("max", max),
        ("lease_length", timings.LeaseLength),
        ("now", store.Now));
}
