using Npgsql;
using PodEngine.Queue.Lifecycle;
using PodEngine.Queue.Postgres.Connecting;
using PodEngine.Queue.Postgres.Standing;

namespace PodEngine.Queue.Postgres.Reading;

/// <summary>Answers questions about jobs and lanes.</summary>
internal sealed class JobFinder(PostgresStore store, StoredJobs jobs, QueueTimings timings)
{
    public async Task<StoredJob?> FindAsync(NpgsqlConnection connection, JobId id, CancellationToken cancellationToken) =>
        (await jobs.SelectAsync(connection, "where j.id = @id", cancellationToken, ("id", id.Value))).SingleOrDefault();

    public Task<IReadOnlyList<StoredJob>> ListAsync(
        NpgsqlConnection connection, Guid installationId, JobState? state, int limit, CancellationToken cancellationToken)
    {
        const string Condition = """
            where j.installation_id = @installation_id
              and (@state::text is null or @state = case
                  when h.token is not null then 'processing'
                  when s.state is not null then s.state
                  when j.start_after > j.created_at then 'pending'
                  else 'queued' end)
            order by j.seq desc
            limit @limit
            """;
        return jobs.SelectAsync(
            connection,
            Condition,
            cancellationToken,
            ("installation_id", installationId),
            ("state", state is { } wanted ? StateNames.Of(wanted) : null),
            ("limit", limit));
    }

    public async Task<QueueDepth> MeasureAsync(NpgsqlConnection connection, QueueKey queue, CancellationToken cancellationToken)
    {
        await using var command = connection.Command(
            store.Sql.File("Postgres/Reading/measure.sql"),
            ("installation_id", queue.InstallationId),
            ("namespace", queue.Namespace),
            ("pool", queue.Pool),
            ("lease_length", timings.LeaseLength),
            ("now", store.Now));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
        {
            return new QueueDepth(0, 0, 0, null, 0);
        }

        var oldest = await reader.IsDBNullAsync(3, cancellationToken) ? (DateTimeOffset?)null : reader.GetFieldValue<DateTimeOffset>(3);
        return new QueueDepth(reader.GetInt32(0), reader.GetInt32(1), reader.GetInt32(2), oldest, reader.GetInt32(4));
    }
}
