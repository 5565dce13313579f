using Npgsql;
using PodEngine.Queue.Postgres.Connecting;
using PodEngine.Queue.Postgres.Migrations;

namespace PodEngine.Queue.Postgres;

/// <summary>
/// Lets another store in the same database join the queue's fence: its writes run in one transaction with the check of the lease, which stays locked
/// until the commit, so that no job changes hands in between.
/// </summary>
/// <param name="store">The database.</param>
/// <param name="component">The tables the other store works on: nothing runs before they are what this binary knows.</param>
public sealed class PostgresFence(PostgresStore store, MigrationComponent component)
{
    private readonly SchemaGate _gate = new(store, component);

    /// <summary>Runs a write of an attempt, given a connection in the transaction and the store's time. It may run again if it did not commit.</summary>
    /// <exception cref="LeaseLostException">The lease is no longer the job's; nothing was written.</exception>
    /// <exception cref="QueueUnavailableException">PostgreSQL cannot be reached or is not ready.</exception>
    /// <exception cref="QueueRefusedException">PostgreSQL refuses a value.</exception>
    public async Task<T> WriteAsync<T>(
        JobLease lease, Func<NpgsqlConnection, DateTimeOffset, CancellationToken, Task<T>> write, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(write);
        await _gate.PassAsync(cancellationToken);
        return await store.TransactAsync(
            async (connection, token) =>
            {
                // A share lock does not hinder other writes of the attempt; whoever takes the job out of the lease changes the row and waits.
                const string Check = """
                    select coalesce(@now, clock_timestamp()) from podengine.leases l
                    where l.token = @token and (select j.seq from podengine.jobs j where j.id = @job) = any (l.jobs)
                    for share
                    """;
                var now = await TimeAsync(connection, store.Sql.Text(Check), token, ("job", lease.Job.Value), ("token", lease.Token));
                return await write(connection, now ?? throw new LeaseLostException(lease), token);
            },
            cancellationToken);
    }

    /// <summary>Runs something that needs no lease, given a connection in a transaction and the store's time.</summary>
    /// <exception cref="QueueUnavailableException">PostgreSQL cannot be reached or is not ready.</exception>
    /// <exception cref="QueueRefusedException">PostgreSQL refuses a value.</exception>
    public async Task<T> RunAsync<T>(Func<NpgsqlConnection, DateTimeOffset, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        await _gate.PassAsync(cancellationToken);
        return await store.TransactAsync(
            async (connection, token) =>
            {
                var now = await TimeAsync(connection, "select coalesce(@now, clock_timestamp())", token);
                return await work(connection, now!.Value, token);
            },
            cancellationToken);
    }

    private async Task<DateTimeOffset?> TimeAsync(
        NpgsqlConnection connection, string sql, CancellationToken cancellationToken, params (string Name, object? Value)[] parameters)
    {
        await using var command = connection.Command(
            sql, [.. parameters, ("now", store.Now)]);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? reader.GetFieldValue<DateTimeOffset>(0) : null;
    }
}
