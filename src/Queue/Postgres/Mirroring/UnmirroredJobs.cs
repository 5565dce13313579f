using Npgsql;
using PodEngine.Queue.Postgres.Connecting;
using PodEngine.Queue.Postgres.Standing;

namespace PodEngine.Queue.Postgres.Mirroring;

/// <summary>Changes the mirror has not caught up with. A set, not a log: nobody follows ids or times, which commit out of order.</summary>
internal sealed class UnmirroredJobs(PostgresStore store, StoredJobs jobs)
{
    public async Task<IReadOnlyList<UnmirroredJob>> ListAsync(
        NpgsqlConnection connection, Guid installationId, int limit, CancellationToken cancellationToken)
    {
        var changes = await ChangesAsync(connection, installationId, limit, cancellationToken);
        if (changes.Count == 0)
        {
            return [];
        }

        // Read after the changes: a record shows at least what they changed.
        var known = await jobs.SelectAsync(
            connection, "where j.seq = any (@seqs)", cancellationToken, ("seqs", changes.Select(change => change.Sequence).ToArray()));
        var bySequence = known.ToDictionary(job => job.Facts.Sequence);

        // Of jobs that are gone nobody asks any more.
        await AcknowledgeAsync(
            connection, changes.Where(change => !bySequence.ContainsKey(change.Sequence)).SelectMany(Pairs).ToList(), cancellationToken);
        return [.. changes
            .Where(change => bySequence.ContainsKey(change.Sequence))
            .Select(change => new UnmirroredJob(bySequence[change.Sequence].ToRecord(), change.Ids))];
    }

    public Task<bool> AcknowledgeAsync(
        NpgsqlConnection connection, IReadOnlyCollection<UnmirroredJob> mirrored, CancellationToken cancellationToken) =>
        AcknowledgeAsync(
            connection, mirrored.SelectMany(job => job.Changes.Select(change => (change, job.Job.Sequence))).ToList(), cancellationToken);

    private static IEnumerable<(long Change, long Sequence)> Pairs((long Sequence, long[] Ids) change) =>
        change.Ids.Select(id => (id, change.Sequence));

    private async Task<bool> AcknowledgeAsync(
        NpgsqlConnection connection, List<(long Change, long Sequence)> changes, CancellationToken cancellationToken)
    {
        if (changes.Count == 0)
        {
            return false;
        }

        await using var command = connection.Command(
            store.Sql.File("Postgres/Mirroring/acknowledge.sql"),
            ("changes", changes.Select(seen => seen.Change).ToArray()),
            ("seqs", changes.Select(seen => seen.Sequence).ToArray()));
        return await command.ExecuteNonQueryAsync(cancellationToken) > 0;
    }

    private async Task<List<(long Sequence, long[] Ids)>> ChangesAsync(
        NpgsqlConnection connection, Guid installationId, int limit, CancellationToken cancellationToken)
    {
        await using var command = connection.Command(
            store.Sql.File("Postgres/Mirroring/unmirrored.sql"), ("installation_id", installationId), ("limit", limit));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var changes = new List<(long, long[])>();
        while (await reader.ReadAsync(cancellationToken))
        {
            changes.Add((reader.GetInt64(0), reader.GetFieldValue<long[]>(1)));
        }

        return changes;
    }
}
