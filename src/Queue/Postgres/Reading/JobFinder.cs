using System.Diagnostics;
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

    /// <summary>Newest first. What has not ended is found where it waits or is held, so that a long history costs nothing.</summary>
    public Task<IReadOnlyList<StoredJob>> ListAsync(
        NpgsqlConnection connection, Guid installationId, JobState? state, int limit, CancellationToken cancellationToken)
    {
        var condition = state switch
        {
            null => "j.installation_id = @installation_id",
            JobState.Completed or JobState.Failed or JobState.Cancelled => "j.installation_id = @installation_id and s.state = @state",
            _ => $"j.seq = any (array({store.Sql.File($"Postgres/Reading/{Place(state.Value)}_jobs.sql")}))",
        };
        return jobs.SelectAsync(
            connection,
            $"where {condition} order by j.seq desc limit @limit",
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

    /// <summary>Where jobs of a state are that have not ended, as <see cref="JobStanding"/> says.</summary>
    private static string Place(JobState state) => state switch
    {
        JobState.Queued => "queued",
        JobState.Processing => "processing",
        JobState.Suspended => "suspended",
        JobState.Pending or JobState.Retrying or JobState.AwaitingApproval => "deferred",
        _ => throw new UnreachableException($"Jobs that are {state} have ended."),
    };
}
