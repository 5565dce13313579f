using Npgsql;
using PodEngine.Queue.Lifecycle;
using PodEngine.Queue.Postgres.Connecting;
using PodEngine.Queue.Postgres.Standing;

namespace PodEngine.Queue.Postgres.Mirroring;

/// <summary>Jobs the mirror has not caught up with. A set, not a log: nobody follows ids or times, which commit out of order.</summary>
internal sealed class UnmirroredJobs(PostgresStore store, StoredJobs jobs)
{
    public Task<IReadOnlyList<StoredJob>> ListAsync(NpgsqlConnection connection, Guid installationId, int limit, CancellationToken cancellationToken)
    {
        const string Condition = """
            join (
                select u.job_id, u.finished from podengine.unmirrored u
                where u.installation_id = @installation_id order by u.finished desc limit @limit
            ) as chosen on chosen.job_id = j.id
            order by chosen.finished desc
            """;
        return jobs.SelectAsync(connection, Condition, cancellationToken, ("installation_id", installationId), ("limit", limit));
    }

    public async Task<bool> AcknowledgeAsync(
        NpgsqlConnection connection, IReadOnlyCollection<(JobId Job, long Version)> mirrored, CancellationToken cancellationToken)
    {
        await using var command = connection.Command(
            store.Sql.File("Postgres/Mirroring/acknowledge.sql"),
            ("jobs", StoredJobs.Values(mirrored.Select(job => job.Job))),
            ("versions", mirrored.Select(job => job.Version).ToArray()));
        return await command.ExecuteNonQueryAsync(cancellationToken) > 0;
    }
}
