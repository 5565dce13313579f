using Npgsql;
using PodEngine.Queue.Postgres.Connecting;

namespace PodEngine.Queue.Postgres.Limiting;

/// <summary>Forgets what no longer counts: old grants, and slots of workers that are gone.</summary>
internal sealed class LimitSweeper(PostgresStore store, QueueTimings timings, TimeProvider time)
{
    private const int Batch = 1000;

    private readonly UnbrokenTouch _touch = new(store, time);

    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        var swept = await store.TransactAsync(SweepSlotsAsync, cancellationToken);
        int forgotten;
        do
        {
            forgotten = await store.TransactAsync(SweepGrantsAsync, cancellationToken);
            swept += forgotten;
        }
        while (forgotten == Batch);
        return swept;
    }

    private async Task<int> SweepSlotsAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = connection.Command(
            store.Sql.File("Postgres/Limiting/sweep_slots.sql"),
            ("in_touch", _touch.Lasted(timings.LeaseLength)),
            ("lease_length", timings.LeaseLength),
            ("now", store.Now));
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<int> SweepGrantsAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = connection.Command(store.Sql.File("Postgres/Limiting/sweep_grants.sql"), ("limit", Batch), ("now", store.Now));
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
