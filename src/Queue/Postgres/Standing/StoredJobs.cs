using Npgsql;
using PodEngine.Queue.Lifecycle;
using PodEngine.Queue.Postgres.Connecting;

namespace PodEngine.Queue.Postgres.Standing;

/// <summary>
/// Reads and writes jobs within a transaction. Where a job's narrow rows are follows from its standing, here, in <c>claim.sql</c> and in
/// <c>complete.sql</c> only.
/// <para>Order of locks: the worker's row, the <c>jobs</c> row, the claimable row, the lease, then what follows from them (<c>deferred</c>,
/// <c>job_state</c>), at last the lane. A claim takes only claimable rows and skips what is locked; a completion takes only leases. While somebody holds a
/// job's row it can therefore move from claimable to leased to completed, and no other way, so that locking in this order misses it nowhere and nobody
/// waits in a circle. Who begins elsewhere skips what is locked from there on and waits for nobody: what is due is found in <c>deferred</c>, what is to be
/// rescued by its lease.</para>
/// </summary>
internal sealed class StoredJobs(PostgresStore store)
{
    private const string Folder = "Postgres/Standing/";

    /// <summary>Put behind a statement that locks rows: those that others hold are passed over.</summary>
    private const string OrSkip = " skip locked";

    /// <summary>How firmly leases are locked.</summary>
    private const string Share = "for share";

    private const string Update = "for update";

    public async Task<IReadOnlyList<StoredJob>> SelectAsync(
        NpgsqlConnection connection, string condition, CancellationToken cancellationToken, params (string Name, object? Value)[] parameters)
    {
        await using var command = connection.Command($"{File("select_jobs.sql")}{store.Sql.Text(condition)}", parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await StoredJobReader.ReadAllAsync(reader, cancellationToken);
    }

    /// <summary>
    /// Locks jobs, waiting for whoever holds them, and reads them as they are then. For changes that take no job out of its lease: other writes of attempts
    /// under the same lease go on.
    /// </summary>
    public Task<IReadOnlyList<StoredJob>> LockAsync(NpgsqlConnection connection, IEnumerable<JobId> jobs, CancellationToken cancellationToken) =>
        LockAsync(connection, jobs, Share, orSkip: "", cancellationToken);

    /// <summary>The same for changes that may take jobs out of their leases. Which it is must be known before: a lock cannot be made firmer later.</summary>
    public Task<IReadOnlyList<StoredJob>> LockToReleaseAsync(NpgsqlConnection connection, IEnumerable<JobId> jobs, CancellationToken cancellationToken) =>
        LockAsync(connection, jobs, Update, orSkip: "", cancellationToken);

    /// <summary>
    /// Locks those jobs that nobody is changing, claiming or ending right now, for any change. Waits for nobody: one stuck connection must not stop what is
    /// done for all.
    /// </summary>
    public Task<IReadOnlyList<StoredJob>> LockFreeAsync(NpgsqlConnection connection, IEnumerable<JobId> jobs, CancellationToken cancellationToken) =>
        LockAsync(connection, jobs, Update, OrSkip, cancellationToken);

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

    /// <summary>Stores changed standings and moves their narrow rows. Returns the jobs as they are now.</summary>
    public async Task<IReadOnlyList<StoredJob>> SaveAsync(
        NpgsqlConnection connection, IEnumerable<(StoredJob Before, JobStanding After)> changes, CancellationToken cancellationToken)
    {
        var changed = changes
            .Where(change => !ReferenceEquals(change.Before.Standing, change.After))
            .Select(change => new JobChange(change.Before.Standing, change.Before with { Standing = change.After }))
            .ToList();
        await WriteAsync(connection, changed, cancellationToken);
        return [.. changed.Select(change => change.After)];
    }

    /// <summary>Stores the standings of jobs whose facts were just inserted.</summary>
    public Task InsertAsync(NpgsqlConnection connection, IEnumerable<StoredJob> jobs, CancellationToken cancellationToken) =>
        WriteAsync(connection, jobs.Select(job => new JobChange(null, job)).ToList(), cancellationToken);

    public static Guid[] Values(IEnumerable<JobId> jobs) => [.. jobs.Select(job => job.Value)];

    private async Task<IReadOnlyList<StoredJob>> LockAsync(
        NpgsqlConnection connection, IEnumerable<JobId> jobs, string leases, string orSkip, CancellationToken cancellationToken)
    {
        var seqs = await LockRowsAsync(connection, jobs, orSkip, cancellationToken);
        if (seqs.Length == 0)
        {
            return [];
        }

        // Each statement sees what the one before it waited for.
        await using var batch = connection.CreateBatch();
        batch.Add($"{File("lock_ready.sql")}{orSkip}", ("seqs", seqs), ("priority_step", ClaimOrder.PriorityStep));
        batch.Add($"{File("lock_leases.sql")}{leases}{orSkip}", ("seqs", seqs));
        batch.Add($"{File("select_jobs.sql")}where j.seq = any (@seqs) order by j.seq", ("seqs", seqs));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var ready = await NumbersAsync(reader, cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        var tokens = await NumbersAsync(reader, cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        var locked = await StoredJobReader.ReadAllAsync(reader, cancellationToken);
        return orSkip is OrSkip ? [.. locked.Where(job => IsFree(job, ready, tokens))] : locked;
    }

    /// <summary>Whether the narrow row that the job is in was locked with it.</summary>
    private static bool IsFree(StoredJob job, HashSet<long> ready, HashSet<long> tokens) => job.Standing switch
    {
        { State: JobState.Queued } => ready.Contains(job.Facts.Sequence),
        { LeaseToken: { } token } => tokens.Contains(token),
        _ => true,
    };

    private async Task<long[]> LockRowsAsync(
        NpgsqlConnection connection, IEnumerable<JobId> jobs, string orSkip, CancellationToken cancellationToken)
    {
        var sql = store.Sql.Text($"select j.seq from podengine.jobs j where j.id = any (@ids) order by j.seq for no key update{orSkip}");
        await using var command = connection.Command(sql, ("ids", Values(jobs)));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return [.. await NumbersAsync(reader, cancellationToken)];
    }

    private static async Task<HashSet<long>> NumbersAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var numbers = new HashSet<long>();
        while (await reader.ReadAsync(cancellationToken))
        {
            numbers.Add(reader.GetInt64(0));
        }

        return numbers;
    }

    private async Task WriteAsync(NpgsqlConnection connection, List<JobChange> changes, CancellationToken cancellationToken)
    {
        if (changes.Count == 0)
        {
            return;
        }

        await using var batch = connection.CreateBatch();
        Move(batch, "unmake_ready.sql", changes.Where(change => change.LeavesReady), change => ("claim_keys", change.Before!.ClaimKey));
        Move(batch, "make_ready.sql", changes.Where(change => change.EntersReady), change => ("claim_keys", change.After.Standing.ClaimKey));
        Move(batch, "defer.sql", changes.Where(change => change.After.Standing.IsDeferred), change => ("due_ats", change.After.Standing.RunAt));
        Take(batch, store.Sql.Text("delete from podengine.deferred where job_seq = any (@seqs)"), changes.Where(change => change.LeavesDeferred));
        Take(batch, File("release.sql"), changes.Where(change => change.LeavesLease));
        var rows = changes.Where(change => change.NeedsRow).Select(change => change.After).ToList();
        if (rows.Count > 0)
        {
            batch.Add(File("save_standings.sql"), ("standings", new PostgresCommands.JsonText(StandingRow.Write(rows))));
        }

        batch.Add(
            File("mark_unmirrored.sql"),
            ("seqs", Sequences(changes)),
            ("finished", changes.Select(change => change.After.Standing.IsFinished).ToArray()));
        Count(batch, changes);
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Puts jobs into a narrow table or takes them out, each with the time it is found by.</summary>
    private void Move(
        NpgsqlBatch batch, string file, IEnumerable<JobChange> changes, Func<JobChange, (string Name, DateTimeOffset Time)> key)
    {
        var moved = changes.ToList();
        if (moved.Count > 0)
        {
            batch.Add(
                File(file),
                ("seqs", Sequences(moved)),
                (key(moved[0]).Name, moved.Select(change => key(change).Time.UtcDateTime).ToArray()));
        }
    }

    private static void Take(NpgsqlBatch batch, string sql, IEnumerable<JobChange> changes)
    {
        var taken = changes.ToList();
        if (taken.Count > 0)
        {
            batch.Add(
                sql,
                ("seqs", Sequences(taken)),
                ("tokens", taken.Select(change => change.Before!.LeaseToken).OfType<long>().Distinct().ToArray()));
        }
    }

    private void Count(NpgsqlBatch batch, List<JobChange> changes)
    {
        var moves = changes.Where(change => change.Before?.State != change.After.Standing.State).ToList();
        var left = moves.Where(change => change.Before is not null).ToList();
        if (moves.Count > 0)
        {
            batch.Add(
                File("count_changes.sql"),
                ("seqs", (long[])[.. Sequences(moves), .. Sequences(left)]),
                ("states", (string[])[
                    .. moves.Select(change => StateNames.Of(change.After.Standing.State)), .. left.Select(change => StateNames.Of(change.Before!.State))]),
                ("jobs", (int[])[.. moves.Select(_ => 1), .. left.Select(_ => -1)]));
        }
    }

    private static long[] Sequences(IEnumerable<JobChange> changes) => [.. changes.Select(change => change.After.Facts.Sequence)];

    private string File(string name) => store.Sql.File(Folder + name);
}
