using Npgsql;
using PodEngine.Queue.Lifecycle;
using PodEngine.Queue.Postgres.Connecting;
using PodEngine.Queue.Postgres.Standing;

namespace PodEngine.Queue.Postgres.Rescuing;

/// <summary>
/// Takes jobs from workers that were silent for a lease length. When nobody could speak — PostgreSQL has just started, or this process has just
/// (re)connected and cannot know for how long others were cut off — silence means nothing: it then waits one lease length.
/// </summary>
internal sealed class JobRescuer(PostgresStore store, StoredJobs jobs, QueueTimings timings, TimeProvider time)
{
    private const int ForgetWorkersAfterHours = 1;

    private readonly UnbrokenTouch _touch = new(store, time);

    /// <summary>One batch; call again while it changes as many as asked for.</summary>
    public async Task<JobsChanged<int>> RescueAsync(NpgsqlConnection connection, int limit, CancellationToken cancellationToken)
    {
        var now = await jobs.NowAsync(connection, cancellationToken);
        if (!_touch.Lasted(timings.LeaseLength))
        {
            return new JobsChanged<int>(0, []);
        }

        await ForgetWorkersAsync(connection, now, cancellationToken);
        var silent = await SilentAsync(connection, now, limit, cancellationToken);
        if (silent.Count == 0)
        {
            return new JobsChanged<int>(0, []);
        }

        var free = await jobs.LockFreeAsync(connection, silent.Keys, cancellationToken);
        var changes = free
            .Where(job => job.Standing.LeaseToken == silent[job.Facts.Id].Token)
            .Select(job => (job, AttemptRules.Rescue(job, silent[job.Facts.Id].LastSeen, now, timings.MaxRescues)));
        var rescued = await jobs.SaveAsync(connection, changes, cancellationToken);
        return new JobsChanged<int>(rescued.Count, rescued);
    }

    private async Task<Dictionary<JobId, (long Token, DateTimeOffset LastSeen)>> SilentAsync(
        NpgsqlConnection connection, DateTimeOffset now, int limit, CancellationToken cancellationToken)
    {
        await using var command = connection.Command(
            store.Sql.File("Postgres/Rescuing/silent_leases.sql"), ("now", now), ("lease_length", timings.LeaseLength), ("limit", limit));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var silent = new Dictionary<JobId, (long, DateTimeOffset)>();
        while (await reader.ReadAsync(cancellationToken))
        {
            silent[new JobId(reader.GetGuid(0))] = (reader.GetInt64(1), reader.GetFieldValue<DateTimeOffset>(2));
        }

        return silent;
    }

    private async Task ForgetWorkersAsync(NpgsqlConnection connection, DateTimeOffset now, CancellationToken cancellationToken)
    {
        const string Forget = """
            delete from podengine.workers w
            where w.last_seen < @before and not exists (select from podengine.leases l where l.worker_id = w.id)
              and pg_postmaster_start_time() <= @now - @lease_length
            """;
        await using var command = connection.Command(
            store.Sql.Text(Forget),
            ("before", now - TimeSpan.FromHours(ForgetWorkersAfterHours)),
            ("now", now),
            ("lease_length", timings.LeaseLength));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
