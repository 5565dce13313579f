using System.Collections.Concurrent;
using Npgsql;
using PodEngine.Queue.Postgres.Connecting;

namespace PodEngine.Queue.Postgres.Leasing;

/// <summary>Makes lanes exist before jobs and workers name them, and knows their ids. Lanes are few and never removed.</summary>
internal sealed class LaneDirectory(PostgresStore store)
{
    private readonly ConcurrentDictionary<LaneKey, int> _ids = new();

    /// <summary>The ids of lanes, in their order. Runs in a transaction of its own, and only for lanes not met before.</summary>
    public async Task<int[]> IdsAsync(IReadOnlyList<LaneKey> lanes, CancellationToken cancellationToken)
    {
        var unknown = lanes.Where(lane => !_ids.ContainsKey(lane)).Distinct().ToList();
        if (unknown.Count > 0)
        {
            foreach (var (lane, id) in await store.TransactAsync((connection, token) => MakeAsync(connection, unknown, token), cancellationToken))
            {
                _ids[lane] = id;
            }
        }

        return [.. lanes.Select(lane => _ids[lane])];
    }

    private async Task<List<(LaneKey Lane, int Id)>> MakeAsync(NpgsqlConnection connection, List<LaneKey> lanes, CancellationToken cancellationToken)
    {
        (string, object?)[] columns =
        [
            ("installation_ids", lanes.Select(lane => lane.Queue.InstallationId).ToArray()),
            ("namespaces", lanes.Select(lane => lane.Queue.Namespace).ToArray()),
            ("pools", lanes.Select(lane => lane.Queue.Pool).ToArray()),
            ("limit_keys", lanes.Select(lane => lane.LimitKey).ToArray()),
        ];
        await using var insert = connection.Command(store.Sql.File("Postgres/Leasing/insert_lanes.sql"), columns);
        await insert.ExecuteNonQueryAsync(cancellationToken);
        await using var select = connection.Command(store.Sql.File("Postgres/Leasing/select_lanes.sql"), columns);
        await using var reader = await select.ExecuteReaderAsync(cancellationToken);
        var found = new List<(LaneKey, int)>();
        while (await reader.ReadAsync(cancellationToken))
        {
            found.Add((new LaneKey(new QueueKey(reader.GetGuid(0), reader.GetString(1), reader.GetString(2)), reader.GetString(3)), reader.GetInt32(4)));
        }

        return found;
    }
}
