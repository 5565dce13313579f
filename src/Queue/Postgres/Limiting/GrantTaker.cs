using Npgsql;
using PodEngine.Queue.Limits;
using PodEngine.Queue.Postgres.Connecting;

namespace PodEngine.Queue.Postgres.Limiting;

/// <summary>Asks the database for blocks of permits, <c>take_grant.sql</c>.</summary>
internal sealed class GrantTaker(PostgresStore store)
{
    /// <summary>Permits granted, or 0 and the time until the least are free.</summary>
    public async Task<(int Permits, TimeSpan Wait)> TakeAsync(
        NpgsqlConnection connection, LimitKey key, RateLimit limit, int least, int wanted, TimeSpan usableFor, CancellationToken cancellationToken)
    {
        await using var batch = connection.CreateBatch();
        batch.AddLock(store, key);
        batch.Add(
            store.Sql.File("Postgres/Limiting/take_grant.sql"),
            ("installation_id", key.InstallationId),
            ("limit_key", key.Name),
            ("limit", limit.Permits),
            ("window", limit.Window),
            ("least", least),
            ("wanted", wanted),
            ("usable_for", usableFor),
            ("now", store.Now));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return reader.GetInt32(0) is var permits and > 0 ? (permits, TimeSpan.Zero) : (0, reader.GetFieldValue<TimeSpan>(1));
    }
}
