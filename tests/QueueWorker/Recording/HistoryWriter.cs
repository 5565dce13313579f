using Npgsql;
using PodEngine.Queue;
using PodEngine.Queue.Postgres;
using PodEngine.Queue.Postgres.Connecting;

namespace PodEngine.QueueWorker.Recording;

/// <summary>Adds a worker's rows to the history.</summary>
public sealed class HistoryWriter(PostgresStore store, string worker)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly PostgresFence _fence = new(store, HistoryMigrations.Component);

    /// <summary>Adds a row, whoever holds the job; returns once it is there, however long the database is away.</summary>
    public async Task AppendAsync(JobLease lease, Guid operation, EntryKind kind, string? detail, CancellationToken cancellationToken)
    {
        var entry = Guid.NewGuid();
        while (true)
        {
            try
            {
                await store.TransactAsync((connection, token) => InsertAsync(connection, entry, lease, operation, kind, detail, token), cancellationToken);
                return;
            }
            catch (QueueUnavailableException)
            {
                await Task.Delay(Pause, TimeProvider.System, cancellationToken);
            }
        }
    }

    /// <summary>Adds a row as a job's attempt writes what it made: with the check of the lease in the same transaction.</summary>
    /// <exception cref="LeaseLostException">It was refused.</exception>
    /// <exception cref="QueueUnavailableException">Nobody knows.</exception>
    public Task WriteFencedAsync(JobLease lease, Guid operation, CancellationToken cancellationToken)
    {
        var entry = Guid.NewGuid();
        return _fence.WriteAsync(
            lease, (connection, _, token) => InsertAsync(connection, entry, lease, operation, EntryKind.Written, null, token), cancellationToken);
    }

    private async Task<int> InsertAsync(
        NpgsqlConnection connection, Guid entry, JobLease lease, Guid operation, EntryKind kind, string? detail, CancellationToken cancellationToken)
    {
        const string Insert = """
            insert into podengine.history (entry, job, token, worker, operation, kind, detail)
            values (@entry, @job, @token, @worker, @operation, @kind, @detail)
            on conflict (entry) do nothing
            """;
        await using var command = connection.Command(
            store.Sql.Text(Insert),
            ("entry", entry),
            ("job", lease.Job.Value),
            ("token", lease.Token),
            ("worker", worker),
            ("operation", operation),
            ("kind", kind.ToString()),
            ("detail", detail ?? ""));
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
