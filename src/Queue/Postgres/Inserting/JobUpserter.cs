using Npgsql;
using PodEngine.Queue.Postgres.Connecting;
using PodEngine.Queue.Postgres.Leasing;
using PodEngine.Queue.Postgres.Standing;

namespace PodEngine.Queue.Postgres.Inserting;

/// <summary>Inserts jobs, or applies what may change of them, keyed by id.</summary>
internal sealed class JobUpserter(PostgresStore store, StoredJobs jobs, LaneDirectory lanes)
{
    public async Task<JobsChanged<IReadOnlyList<UpsertOutcome>>> UpsertAsync(
        NpgsqlConnection connection, IReadOnlyList<JobRequest> requests, CancellationToken cancellationToken)
    {
        await lanes.EnsureAsync(connection, requests.Select(request => request.Queue).Distinct().ToList(), cancellationToken);
        var now = await jobs.NowAsync(connection, cancellationToken);
        var inserted = await InsertFactsAsync(connection, requests, now, cancellationToken);
        var others = requests.Select(request => request.Id).Where(id => !inserted.Contains(id)).Distinct().ToList();
        var known = others.Count == 0 ? [] : await jobs.LockAsync(connection, others, cancellationToken);

        var merge = new RequestMerge(known, now);
        var outcomes = requests.Select(merge.Add).ToList();
        await jobs.InsertAsync(connection, merge.Inserted, cancellationToken);
        var updated = await jobs.SaveAsync(connection, merge.Updated, cancellationToken);
        return new JobsChanged<IReadOnlyList<UpsertOutcome>>(outcomes, [.. merge.Inserted, .. updated]);
    }

    private async Task<HashSet<JobId>> InsertFactsAsync(
        NpgsqlConnection connection, IReadOnlyList<JobRequest> requests, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = connection.Command(
            store.Sql.File("Postgres/Inserting/insert_jobs.sql"),
            ("now", now),
            ("ids", Column(requests, request => request.Id.Value)),
            ("installation_ids", Column(requests, request => request.Queue.InstallationId)),
            ("namespaces", Column(requests, request => request.Queue.Namespace)),
            ("pools", Column(requests, request => request.Queue.Pool)),
            ("names", Column(requests, request => request.Name)),
            ("arguments", Column(requests, request => request.Arguments)),
            ("max_retries", Column(requests, request => request.Retry.MaxRetries)),
            ("retry_delays", Column(requests, request => request.Retry.Delay)),
            ("retry_exponentials", Column(requests, request => request.Retry.Exponential)),
            ("retry_max_delays", Column(requests, request => request.Retry.MaxDelay)),
            ("active_deadlines", Column(requests, request => request.ActiveDeadline)),
            ("start_afters", Column(requests, request => request.StartAfter?.UtcDateTime)));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var inserted = new HashSet<JobId>();
        while (await reader.ReadAsync(cancellationToken))
        {
            inserted.Add(new JobId(reader.GetGuid(0)));
        }

        return inserted;
    }

    private static TValue[] Column<TItem, TValue>(IEnumerable<TItem> items, Func<TItem, TValue> value) => [.. items.Select(value)];
}
