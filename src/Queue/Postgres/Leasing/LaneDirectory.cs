using System.Collections.Concurrent;
using Npgsql;
using PodEngine.Queue.Postgres.Connecting;

namespace PodEngine.Queue.Postgres.Leasing;

/// <summary>Makes lanes exist before workers name them. Remembers which it has seen: lanes are never removed.</summary>
internal sealed class LaneDirectory(PostgresDatabase database)
{
    private readonly ConcurrentDictionary<QueueKey, bool> _seen = new();

    public async Task EnsureAsync(NpgsqlConnection connection, QueueKey queue, CancellationToken cancellationToken)
    {
        if (_seen.ContainsKey(queue))
        {
            return;
        }

        await EnsureAsync(connection, [queue], cancellationToken);
        _seen[queue] = true;
    }

    public async Task EnsureAsync(NpgsqlConnection connection, IReadOnlyCollection<QueueKey> queues, CancellationToken cancellationToken)
    {
        await using var command = connection.Command(
            database.Sql.File("Postgres/Leasing/insert_lanes.sql"),
            ("installation_ids", queues.Select(queue => queue.InstallationId).ToArray()),
            ("namespaces", queues.Select(queue => queue.Namespace).ToArray()),
            ("pools", queues.Select(queue => queue.Pool).ToArray()));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
