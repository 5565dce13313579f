using PodEngine.Queue;
using PodEngine.Queue.Postgres.Connecting;

namespace PodEngine.QueueWorker.Recording;

/// <summary>Reads the history back.</summary>
public static class HistoryReader
{
    /// <summary>All rows, in the order of their insertion.</summary>
    public static Task<IReadOnlyList<HistoryEntry>> ReadAsync(PostgresStore store, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        return store.TransactAsync<IReadOnlyList<HistoryEntry>>(
            async (connection, token) =>
            {
                await using var command = connection.Command(
                    store.Sql.Text("select id, job, token, worker, operation, kind, detail from podengine.history order by id"));
                await using var reader = await command.ExecuteReaderAsync(token);
                var entries = new List<HistoryEntry>();
                while (await reader.ReadAsync(token))
                {
                    var lease = new JobLease(new JobId(reader.GetGuid(1)), reader.GetInt64(2));
                    entries.Add(new HistoryEntry(
                        reader.GetInt64(0), lease, reader.GetString(3), reader.GetGuid(4), Enum.Parse<EntryKind>(reader.GetString(5)), reader.GetString(6)));
                }

                return entries;
            },
            cancellationToken);
    }
}
