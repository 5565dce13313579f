using System.Data;
using Npgsql;

namespace PodEngine.Queue.Postgres.Connecting;

/// <summary>
/// A connection that its one user keeps between its uses. Those of the pool take turns, and each turn finds another of the server's processes with
/// cold caches. Not for two users at a time.
/// </summary>
internal sealed class KeptConnection : IAsyncDisposable
{
    private NpgsqlConnection? _connection;

    /// <summary>The one that is kept, or a new one where it was dropped or broke.</summary>
    public async Task<NpgsqlConnection> OpenAsync(ConnectionSource source, CancellationToken cancellationToken)
    {
        if (_connection is { State: ConnectionState.Open } open)
        {
            return open;
        }

        await DropAsync();
        return _connection = await source.OpenAsync(cancellationToken);
    }

    /// <summary>Gives it back to its pool: after a fault nobody knows its state.</summary>
    public async ValueTask DropAsync()
    {
        if (_connection is { } connection)
        {
            _connection = null;
            await connection.DisposeAsync();
        }
    }

    public ValueTask DisposeAsync() => DropAsync();
}
