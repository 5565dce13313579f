using Npgsql;

namespace PodEngine.Queue.Postgres.Connecting;

/// <summary>
/// Connections to one database: with statements prepared after their second use where the server itself answers, without where a pooler stands between,
/// which may hand the next transaction to another session. Which it is, the first connection finds out: a pooler makes up the process id it
/// gives a client, and the session has another. Preparing saves more than half of a small claim's time.
/// </summary>
internal sealed class ConnectionSource(NpgsqlConnectionStringBuilder address) : IAsyncDisposable
{
    /// <summary>More than this library has.</summary>
    private const int MostPrepared = 100;

    private readonly Pool _plain = new(address);
    private readonly Pool _preparing = new(new NpgsqlConnectionStringBuilder(address.ConnectionString)
    {
        MaxAutoPrepare = MostPrepared,
        AutoPrepareMinUsages = 2,
        Options = $"{address.Options} {Session.GiveUpOption}".Trim(),
    });

    private volatile Pool? _chosen;

    /// <summary>Opens a session; it goes back to its pool when it is disposed.</summary>
    public async Task<Session> OpenAsync(CancellationToken cancellationToken)
    {
        if (_chosen is not { } pool)
        {
            pool = await IsDirectAsync(cancellationToken) ? _preparing : _plain;
            _chosen = pool;
        }

        return new Session(await pool.OpenAsync(cancellationToken), givesUpWhenFrozen: pool == _preparing);
    }

    /// <summary>After an outage something else may stand there.</summary>
    public void LookAgain() => _chosen = null;

    public async ValueTask DisposeAsync()
    {
        await _plain.DisposeAsync();
        await _preparing.DisposeAsync();
    }

    private async Task<bool> IsDirectAsync(CancellationToken cancellationToken)
    {
        await using var connection = await _plain.OpenAsync(cancellationToken);
        await using var command = connection.Command("select pg_backend_pid()");
        return await command.ExecuteScalarAsync(cancellationToken) is int server && server == connection.ProcessID;
    }

    private sealed class Pool : IAsyncDisposable
    {
        private readonly NpgsqlDataSource _source;
        private readonly NpgsqlDataSource? _owner;

        public Pool(NpgsqlConnectionStringBuilder address)
        {
            var builder = new NpgsqlDataSourceBuilder(address.ConnectionString);
            if (address.Host!.Contains(',', StringComparison.Ordinal))
            {
                var hosts = builder.BuildMultiHost();
                (_owner, _source) = (hosts, hosts.WithTargetSession(TargetSessionAttributes.ReadWrite));
            }
            else
            {
                _source = builder.Build();
            }
        }

        public async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken) => await _source.OpenConnectionAsync(cancellationToken);

        public async ValueTask DisposeAsync()
        {
            await _source.DisposeAsync();
            if (_owner is not null)
            {
                await _owner.DisposeAsync();
            }
        }
    }
}
