using System.Globalization;
using Npgsql;
using PodEngine.Queue.Postgres.Connecting;

namespace PodEngine.Queue.Bench.Databases;

/// <summary>The database of one measurement, dropped with everything in it at its end.</summary>
internal sealed class BenchDatabase(BenchServer server, string name, string url) : IAsyncDisposable
{
    private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(PostgresUri.ToConnectionString(url));

    /// <summary>Its name.</summary>
    public string Name { get; } = name;

    /// <summary>Its <c>postgresql://</c> address.</summary>
    public string Url { get; } = url;

    /// <summary>Leaves tables as they would be after a while of quiet: statistics known, nothing left to flush.</summary>
    public async Task SettleAsync()
    {
        await ExecuteAsync("vacuum analyze");
        await ExecuteAsync("checkpoint");
    }

    /// <summary>Rows that were updated or deleted and not vacuumed yet, by the statistics.</summary>
    public async Task<long> DeadRowsAsync() =>
        Convert.ToInt64(await ScalarAsync("select coalesce(sum(n_dead_tup), 0)::bigint from pg_stat_user_tables"), CultureInfo.InvariantCulture);

    /// <summary>Holds a snapshot, with a transaction id, until disposed.</summary>
    public async Task<IAsyncDisposable> HoldSnapshotAsync()
    {
        var connection = await _source.OpenConnectionAsync();
        await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead);
        await using var snapshot = new NpgsqlCommand("select txid_current(), count(*) from pg_class", connection);
        await snapshot.ExecuteNonQueryAsync();
        return connection;
    }

    /// <summary>The one value a statement answers.</summary>
    public async Task<object?> ScalarAsync(string sql)
    {
        await using var command = _source.CreateCommand(sql);
        command.CommandTimeout = 0;
        return await command.ExecuteScalarAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync();
        await server.ExecuteAsync($"drop database {Name} with (force)");
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = _source.CreateCommand(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync();
    }
}
