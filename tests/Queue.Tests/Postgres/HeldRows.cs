using Npgsql;
using PodEngine.Queue.Postgres.Connecting;

namespace PodEngine.Queue.Tests.Postgres;

/// <summary>A transaction of somebody else's, open until it is committed or disposed: what it has locked stays locked.</summary>
internal sealed class HeldRows : IAsyncDisposable
{
    private readonly MigratedStore _migrated;
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;

    private HeldRows(MigratedStore migrated, NpgsqlConnection connection, NpgsqlTransaction transaction) =>
        (_migrated, _connection, _transaction) = (migrated, connection, transaction);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <param name="migrated">The database.</param>
    /// <param name="work">What the transaction does.</param>
    public static async Task<HeldRows> HoldAsync(MigratedStore migrated, Func<NpgsqlConnection, CancellationToken, Task> work)
    {
        var connection = await migrated.Schema.OpenAsync();
        var transaction = await connection.BeginTransactionAsync(Cancelled);
        await work(connection, Cancelled);
        return new HeldRows(migrated, connection, transaction);
    }

    /// <param name="migrated">The database.</param>
    /// <param name="sql">What the transaction does, with <c>podengine.</c> before each table.</param>
    /// <param name="parameters">The parameters of <paramref name="sql"/>.</param>
    public static Task<HeldRows> HoldAsync(MigratedStore migrated, string sql, params (string Name, object? Value)[] parameters) => HoldAsync(
        migrated,
        async (connection, token) =>
        {
            await using var command = connection.Command(migrated.Store.Sql.Text(sql), parameters);
            await command.ExecuteNonQueryAsync(token);
        });

    /// <summary>The lease with this token.</summary>
    public static Task<HeldRows> OfLeaseAsync(MigratedStore migrated, long token) =>
        HoldAsync(migrated, "select 1 from podengine.leases l where l.token = @token for update", ("token", token));

    /// <summary>True when somebody waits for what is locked.</summary>
    public async Task<bool> HoldUpSomebodyAsync() => (await _migrated.ReadAsync(
        $"select exists (select from pg_stat_activity a where {_connection.ProcessID} = any (pg_blocking_pids(a.pid)))", row => row.GetBoolean(0)))[0];

    public Task CommitAsync() => _transaction.CommitAsync(Cancelled);

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
