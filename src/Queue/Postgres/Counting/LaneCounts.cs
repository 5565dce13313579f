using Npgsql;
using PodEngine.Queue.Postgres.Connecting;

namespace PodEngine.Queue.Postgres.Counting;

/// <summary>
/// How many jobs are in which state, without counting them: every change adds rows to <c>lane_deltas</c> in its own transaction, the leader sums them
/// up. Reading is the sums and the rows since, so it is exact at any moment.
/// </summary>
internal sealed class LaneCounts(PostgresStore store)
{
    public async Task<bool> FoldAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = connection.Command(store.Sql.File("Postgres/Counting/fold.sql"));
        return await command.ExecuteNonQueryAsync(cancellationToken) > 0;
    }
}
