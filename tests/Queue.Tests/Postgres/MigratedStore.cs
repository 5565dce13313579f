using Npgsql;
using PodEngine.Kit.Postgres;
using PodEngine.Queue.Postgres.Connecting;
using PodEngine.Queue.Postgres.Migrations;
using PodEngine.Queue.Tests.Behaviour;

namespace PodEngine.Queue.Tests.Postgres;

/// <summary>A schema with the queue's tables, stricter than the product's, for the tests of one class, emptied before each.</summary>
public class MigratedStore : IAsyncLifetime
{
    public SettableClock Clock { get; } = new();

    public PostgresSchema Schema { get; private set; } = null!;

    internal PostgresStore Store { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Schema = await PostgresSchema.CreateAsync();
        Store = PostgresStore.Open(await RouteAsync(Schema), PostgresStore.ListenOff, Clock);
        await PostgresMigrator.ApplyAsync(Store, [QueueMigrations.Component], TestContext.Current.CancellationToken);
        await ExecuteAsync(Store.Sql.File(typeof(MigratedStore).Assembly, "Postgres/strict.sql"));
    }

    public Task EmptyAsync() => ExecuteAsync(
        "truncate podengine.lanes, podengine.jobs, podengine.job_state, podengine.ready, podengine.deferred, podengine.leases, podengine.workers, podengine.unmirrored, podengine.lane_deltas, podengine.lane_totals, podengine.tombstones");

    public virtual async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        await Schema.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    internal Task<IReadOnlyList<T>> ReadAsync<T>(string sql, Func<NpgsqlDataReader, T> read) => Store.TransactAsync<IReadOnlyList<T>>(
        async (connection, cancellationToken) =>
        {
            await using var command = connection.Command(Store.Sql.Text(sql));
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            var rows = new List<T>();
            while (await reader.ReadAsync(cancellationToken))
            {
                rows.Add(read(reader));
            }

            return rows;
        },
        TestContext.Current.CancellationToken);

    internal Task<int> ExecuteAsync(string sql) => Store.TransactAsync(
        async (connection, cancellationToken) =>
        {
            await using var command = connection.Command(Store.Sql.Text(sql));
            return await command.ExecuteNonQueryAsync(cancellationToken);
        },
        TestContext.Current.CancellationToken);

    /// <summary>The address by which the tests reach the schema.</summary>
    protected virtual Task<string> RouteAsync(PostgresSchema schema) => Task.FromResult(schema.Uri);
}
