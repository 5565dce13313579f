using Npgsql;
using PodEngine.Queue.Lifecycle;
using PodEngine.Queue.Postgres.Connecting;
using PodEngine.Queue.Postgres.Standing;

namespace PodEngine.Queue.Postgres.Deferring;

/// <summary>Makes deferred jobs claimable, or lets their approval expire, when their time has come.</summary>
internal sealed class DueJobs(PostgresStore store, StoredJobs jobs)
{
    /// <summary>One batch; call again while it changes as many as asked for.</summary>
    public async Task<JobsChanged<int>> FallDueAsync(NpgsqlConnection connection, int limit, CancellationToken cancellationToken)
    {
        var now = await jobs.NowAsync(connection, cancellationToken);
        var due = await DueAsync(connection, now, limit, cancellationToken);
        if (due.Count == 0)
        {
            return new JobsChanged<int>(0, []);
        }

        var free = await jobs.LockFreeAsync(connection, due, cancellationToken);
        var changed = await jobs.SaveAsync(connection, free.Select(job => (job, WaitingRules.FallDue(job.Standing, now))), cancellationToken);
        return new JobsChanged<int>(changed.Count, changed);
    }

    private async Task<IReadOnlyList<JobId>> DueAsync(NpgsqlConnection connection, DateTimeOffset now, int limit, CancellationToken cancellationToken)
    {
        await using var command = connection.Command(store.Sql.File("Postgres/Deferring/due_jobs.sql"), ("now", now), ("limit", limit));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var due = new List<JobId>();
        while (await reader.ReadAsync(cancellationToken))
        {
            due.Add(new JobId(reader.GetGuid(0)));
        }

        return due;
    }
}
