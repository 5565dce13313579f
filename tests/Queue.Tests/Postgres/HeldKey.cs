using Npgsql;
using PodEngine.Queue.Limits;
using PodEngine.Queue.Postgres.Limiting;

namespace PodEngine.Queue.Tests.Postgres;

/// <summary>A transaction that holds a key's lock until it is disposed: nobody else is answered about the key.</summary>
internal sealed class HeldKey : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;

    private HeldKey(NpgsqlConnection connection) => _connection = connection;

    public static async Task<HeldKey> HoldAsync(MigratedStore migrated, LimitKey key)
    {
        var connection = await migrated.Schema.OpenAsync();
        await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using var batch = connection.CreateBatch();
        batch.AddLock(migrated.Store, key);
        await batch.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        return new HeldKey(connection);
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
