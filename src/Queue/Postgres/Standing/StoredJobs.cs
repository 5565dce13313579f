using Npgsql;
using PodEngine.Queue.Lifecycle;
using PodEngine.Queue.Postgres.Connecting;

namespace PodEngine.Queue.Postgres.Standing;

/// <summary>
/// Reads and writes jobs within a transaction. Where a job's narrow rows are follows from its standing, here and in <c>claim.sql</c> only.
/// <para>Everything that changes a job first locks its <c>job_state</c> row; claims and the leader, which start from the narrow rows, skip jobs so
/// locked. Nobody therefore waits for the other way round.</para>
/// </summary>
internal sealed class StoredJobs(PostgresStore store)
{
    private const string Folder = "Postgres/Standing/";

    public async Task<IReadOnlyList<StoredJob>> SelectAsync(
        NpgsqlConnection connection, string condition, CancellationToken cancellationToken, params (string Name, object? Value)[] parameters)
    {
        var sql = $"{store.Sql.File($"{Folder}select_jobs.sql")}{store.Sql.Text(condition)}";
        await using var command = connection.Command(sql, parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await StoredJobReader.ReadAllAsync(reader, cancellationToken);
    }

    /// <summary>Locks jobs, waiting for whoever holds them, and reads them as they are then.</summary>
    public Task<IReadOnlyList<StoredJob>> LockAsync(NpgsqlConnection connection, IEnumerable<JobId> jobs, CancellationToken cancellationToken) =>
        SelectAsync(connection, "where s.job_id = any (@jobs) order by s.job_id for update of s", cancellationToken, ("jobs", Values(jobs)));

    /// <summary>Locks those jobs that nobody is changing right now.</summary>
    public Task<IReadOnlyList<StoredJob>> LockFreeAsync(NpgsqlConnection connection, IEnumerable<JobId> jobs, CancellationToken cancellationToken) =>
        SelectAsync(connection, "where s.job_id = any (@jobs) order by s.job_id for update of s skip locked", cancellationToken, ("jobs", Values(jobs)));

    /// <summary>The database's clock, or the one that stands in for it under test. Ask after locking: waiting takes time.</summary>
    public async Task<DateTimeOffset> NowAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (store.TestClock is { } clock)
        {
            return clock.GetUtcNow();
        }

        await using var command = connection.Command("select clock_timestamp()");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return reader.GetFieldValue<DateTimeOffset>(0);
    }

    /// <summary>Stores changed standings as their next versions and moves their narrow rows. Returns the jobs as they are now.</summary>
    public async Task<IReadOnlyList<StoredJob>> SaveAsync(
        NpgsqlConnection connection, IEnumerable<(StoredJob Before, JobStanding After)> changes, CancellationToken cancellationToken)
    {
        var changed = changes
            .Where(change => !ReferenceEquals(change.Before.Standing, change.After))
            .Select(change => (change.Before, After: change.Before with { Standing = change.After with { Version = change.Before.Standing.Version + 1 } }))
            .ToList();
        await WriteAsync(connection, changed.Select(change => ((StoredJob?)change.Before, change.After)).ToList(), cancellationToken);
        return [.. changed.Select(change => change.After)];
    }

    /// <summary>Stores the standings of jobs whose facts were just inserted.</summary>
    public Task InsertAsync(NpgsqlConnection connection, IEnumerable<StoredJob> jobs, CancellationToken cancellationToken) =>
        WriteAsync(connection, jobs.Select(job => ((StoredJob?)null, job)).ToList(), cancellationToken);

    public static Guid[] Values(IEnumerable<JobId> jobs) => [.. jobs.Select(job => job.Value)];

    private async Task WriteAsync(NpgsqlConnection connection, List<(StoredJob? Before, StoredJob After)> changes, CancellationToken cancellationToken)
    {
        if (changes.Count == 0)
        {
            return;
        }

        await using var batch = connection.CreateBatch();
        var all = Values(changes.Select(change => change.After.Facts.Id));
        batch.Add(File("save_standings.sql"), ("standings", new PostgresCommands.JsonText(StandingRow.Write(changes.Select(change => change.After)))));
        Delete(batch, "ready", changes, standing => standing.State is JobState.Queued);
        Delete(batch, "deferred", changes, standing => standing.IsDeferred);
        Delete(batch, "leases", changes, standing => standing.LeaseToken is not null);
        Put(batch, "make_ready.sql", changes, standing => standing.State is JobState.Queued, ("priority_step", ClaimOrder.PriorityStep));
        Put(batch, "defer.sql", changes, standing => standing.IsDeferred);
        batch.Add(File("mark_unmirrored.sql"), ("jobs", all));
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Takes jobs out of a narrow table in which they were and no longer are.</summary>
    private void Delete(NpgsqlBatch batch, string table, List<(StoredJob? Before, StoredJob After)> changes, Predicate<JobStanding> belongs)
    {
        var left = changes.Where(change => change.Before is { } before && belongs(before.Standing) && !belongs(change.After.Standing)).ToList();
        if (left.Count > 0)
        {
            batch.Add(store.Sql.Text($"delete from podengine.{table} where job_id = any (@jobs)"), ("jobs", Values(left.Select(change => change.After.Facts.Id))));
        }
    }

    private void Put(
        NpgsqlBatch batch, string file, List<(StoredJob? Before, StoredJob After)> changes, Predicate<JobStanding> belongs, params (string, object?)[] parameters)
    {
        var entered = changes.Where(change => belongs(change.After.Standing)).ToList();
        if (entered.Count > 0)
        {
            batch.Add(File(file), [("jobs", Values(entered.Select(change => change.After.Facts.Id))), .. parameters]);
        }
    }

    private string File(string name) => store.Sql.File(Folder + name);
}
