using Npgsql;
using PodEngine.Queue.Postgres.Connecting;
using PodEngine.Queue.Postgres.Standing;

namespace PodEngine.Queue.Postgres.Inserting;

/// <summary>Inserts jobs, or applies what may change of them, keyed by id.</summary>
internal sealed class JobUpserter(PostgresStore store, StoredJobs jobs)
{
    /// <param name="connection">In a transaction.</param>
    /// <param name="requests">What is asked for.</param>
    /// <param name="lanes">The lane of each request.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<JobsChanged<IReadOnlyList<UpsertOutcome>>> UpsertAsync(
        NpgsqlConnection connection, IReadOnlyList<JobRequest> requests, int[] lanes, CancellationToken cancellationToken)
    {
        var (inserted, buried) = await InsertFactsAsync(connection, requests, lanes, cancellationToken);
        await TakeBackAsync(connection, inserted, buried, cancellationToken);
        var others = requests.Select(request => request.Id).Where(id => !inserted.ContainsKey(id)).Distinct().ToList();
        var known = others.Count == 0 ? [] : await jobs.LockAsync(connection, others, cancellationToken);
        var now = known.Count == 0 ? default : await jobs.NowAsync(connection, cancellationToken);

        var merge = new RequestMerge(inserted, known, now);
        var outcomes = requests.Select(merge.Add).ToList();
        await jobs.InsertAsync(connection, merge.Inserted, cancellationToken);
        var updated = await jobs.SaveAsync(connection, merge.Updated, cancellationToken);
        return new JobsChanged<IReadOnlyList<UpsertOutcome>>(outcomes, [.. merge.Inserted, .. updated]);
    }

    /// <summary>Inserts what is not known, and tells what retention knows when that is done.</summary>
    private async Task<(Dictionary<JobId, InsertedRow> Inserted, List<JobId> Buried)> InsertFactsAsync(
        NpgsqlConnection connection, IReadOnlyList<JobRequest> requests, int[] lanes, CancellationToken cancellationToken)
    {
        var ids = Column(requests, request => request.Id.Value);
        var generations = Column(requests, request => request.Generation);
        var retryTokens = Column(requests, request => request.RetryToken);
        await using var batch = connection.CreateBatch();
        Revive();
        batch.Add(
            store.Sql.File("Postgres/Inserting/insert_jobs.sql"),
            ("now", store.Now),
            ("ids", ids),
            ("lane_ids", lanes),
            ("installation_ids", Column(requests, request => request.Queue.InstallationId)),
            ("names", Column(requests, request => request.Name)),
            ("arguments", Column(requests, request => request.Arguments)),
            ("max_retries", Column(requests, request => request.Retry.MaxRetries)),
            ("retry_delays", Column(requests, request => request.Retry.Delay)),
            ("retry_exponentials", Column(requests, request => request.Retry.Exponential)),
            ("retry_max_delays", Column(requests, request => request.Retry.MaxDelay)),
            ("active_deadlines", Column(requests, request => request.ActiveDeadline)),
            ("start_afters", Column(requests, request => request.StartAfter?.UtcDateTime)),
            ("generations", generations),
            ("priorities", Column(requests, request => request.Priority)),
            ("retry_tokens", retryTokens));
        Revive();
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        var inserted = new Dictionary<JobId, InsertedRow>();
        while (await reader.ReadAsync(cancellationToken))
        {
            inserted[new JobId(reader.GetGuid(0))] = new InsertedRow(reader.GetInt64(1), reader.GetFieldValue<DateTimeOffset>(2));
        }

        await reader.NextResultAsync(cancellationToken);
        var buried = new List<JobId>();
        while (await reader.ReadAsync(cancellationToken))
        {
            buried.Add(new JobId(reader.GetGuid(0)));
        }

        return (inserted, buried);

        void Revive() => batch.Add(
            store.Sql.File("Postgres/Inserting/revive.sql"), ("ids", ids), ("generations", generations), ("retry_tokens", retryTokens));
    }

    /// <summary>Takes out again what retention took away while its insert waited for that: what it knows of the job is known.</summary>
    private async Task TakeBackAsync(
        NpgsqlConnection connection, Dictionary<JobId, InsertedRow> inserted, IEnumerable<JobId> buried, CancellationToken cancellationToken)
    {
        var taken = buried.Where(inserted.ContainsKey).ToList();
        if (taken.Count == 0)
        {
            return;
        }

        await using var command = connection.Command(
            store.Sql.Text("delete from podengine.jobs j where j.id = any (@ids)"), ("ids", StoredJobs.Values(taken)));
        await command.ExecuteNonQueryAsync(cancellationToken);
        taken.ForEach(id => inserted.Remove(id));
    }

    private static TValue[] Column<TItem, TValue>(IEnumerable<TItem> items, Func<TItem, TValue> value) => [.. items.Select(value)];
}
