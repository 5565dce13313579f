using Npgsql;
using PodEngine.Queue.Postgres.Connecting;

namespace PodEngine.Queue.Postgres.Leasing;

/// <summary>Makes lanes exist before jobs and workers name them. Lanes are few and never removed.</summary>
internal sealed class LaneDirectory(PostgresStore store)
{
    public async Task EnsureAsync(NpgsqlConnection connection, IReadOnlyCollection<QueueKey> queues, CancellationToken cancellationToken)
    {
        await using var command = connection.Command(
            store.Sql.File("Postgres/Leasing/insert_lanes.sql"),
            ("installation_ids", queues.Select(queue => queue.InstallationId).ToArray()),
            ("namespaces", queues.Select(queue => queue.Namespace).ToArray()),
            ("pools", queues.Select(queue => queue.Pool).ToArray()));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
