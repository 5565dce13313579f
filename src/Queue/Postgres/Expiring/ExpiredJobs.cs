using Npgsql;
using PodEngine.Queue.Postgres.Connecting;
using PodEngine.Queue.Postgres.Standing;

namespace PodEngine.Queue.Postgres.Expiring;

/// <summary>Finished jobs whose time is over. They leave in small batches, and a tombstone each; none before the mirror has written its end.</summary>
internal sealed class ExpiredJobs(PostgresStore store)
{
    public async Task<IReadOnlyList<JobId>> ListAsync(
        NpgsqlConnection connection, Guid installationId, TimeSpan age, int limit, CancellationToken cancellationToken)
    {
        await using var command = connection.Command(
            store.Sql.File("Postgres/Expiring/expired.sql"), ("installation_id", installationId), ("age", age), ("limit", limit), ("now", store.Now));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var expired = new List<JobId>();
        while (await reader.ReadAsync(cancellationToken))
        {
            expired.Add(new JobId(reader.GetGuid(0)));
        }

        return expired;
    }

    /// <param name="connection">In a transaction.</param>
    /// <param name="jobs">Which.</param>
    /// <param name="forGood">Nobody can apply them again: no tombstone stays.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<int> ForgetAsync(NpgsqlConnection connection, IEnumerable<JobId> jobs, bool forGood, CancellationToken cancellationToken)
    {
        var ids = StoredJobs.Values(jobs);
        await using var batch = connection.CreateBatch();
        batch.Add(store.Sql.Text("select from podengine.jobs j where j.id = any (@ids) order by j.seq for update"), ("ids", ids));
        batch.Add(store.Sql.File("Postgres/Expiring/forget.sql"), ("ids", ids));
        if (forGood)
        {
            batch.Add(store.Sql.Text("delete from podengine.tombstones t where t.id = any (@ids)"), ("ids", ids));
        }

        return await batch.ExecuteNonQueryAsync(cancellationToken);
    }
}
