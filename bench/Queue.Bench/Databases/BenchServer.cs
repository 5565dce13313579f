using System.Globalization;
using Npgsql;
using PodEngine.Queue.Bench.Measuring;
using PodEngine.Queue.Postgres.Connecting;

namespace PodEngine.Queue.Bench.Databases;

/// <summary>The throwaway PostgreSQL of the run. Everything it is asked here goes to the database <c>postgres</c>, beside those measured.</summary>
internal sealed class BenchServer : IAsyncDisposable
{
    private readonly NpgsqlDataSource _source;
    private readonly string _url;
    private readonly int _postmaster;
    private int _made;

    private BenchServer(NpgsqlDataSource source, string url, int postmaster) => (_source, _url, _postmaster) = (source, url, postmaster);

    /// <param name="url">Its <c>postgresql://</c> address as a superuser; on this machine.</param>
    public static async Task<BenchServer> ConnectAsync(string url)
    {
        var source = NpgsqlDataSource.Create(PostgresUri.ToConnectionString(url));
        await using var file = source.CreateCommand("select split_part(pg_read_file('postmaster.pid'), E'\n', 1)");
        var postmaster = int.Parse((string)(await file.ExecuteScalarAsync())!, CultureInfo.InvariantCulture);
        return new BenchServer(source, url, postmaster);
    }

    /// <summary>A database nobody has used.</summary>
    public async Task<BenchDatabase> CreateDatabaseAsync()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"bench_{++_made}");
        await ExecuteAsync($"create database {name}");
        return new BenchDatabase(this, name, new UriBuilder(_url) { Path = name }.Uri.ToString());
    }

    public async Task<ServerReading> ReadAsync()
    {
        var wal = Convert.ToInt64(await ScalarAsync("select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint"), CultureInfo.InvariantCulture);
        return new ServerReading(ProcessCpu.OfFamily(_postmaster), wal);
    }

    /// <summary>Transactions of a database so far, as far as its sessions have told.</summary>
    public async Task<long> TransactionsAsync(string database) => Convert.ToInt64(
        await ScalarAsync($"select xact_commit + xact_rollback from pg_stat_database where datname = '{database}'"), CultureInfo.InvariantCulture);

    public async Task<string> VersionAsync() => (string)(await ScalarAsync("show server_version"))!;

    /// <summary>The settings that are not the default.</summary>
    public async Task<SortedDictionary<string, string>> SettingsAsync()
    {
        var settings = new SortedDictionary<string, string>(StringComparer.Ordinal);
        await using var command = _source.CreateCommand(
            "select name, current_setting(name) from pg_settings where source = 'configuration file' and name not like 'lc_%' and name not like 'log%'");
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            settings[reader.GetString(0)] = reader.GetString(1);
        }

        return settings;
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    internal async Task ExecuteAsync(string sql)
    {
        await using var command = _source.CreateCommand(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync();
    }

    private async Task<object?> ScalarAsync(string sql)
    {
        await using var command = _source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}
