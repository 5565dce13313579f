using System.Data;
using Npgsql;

namespace PodEngine.Queue.Postgres.Connecting;

/// <summary>
/// A connection that its one user keeps between its uses. Those of the pool take turns, and each turn finds another of the server's processes with
/// cold caches. Not for two users at a time.
/// </summary>
internal sealed class KeptConnection : IAsyncDisposable
{
    private Session? _session;

    /// <summary>The one that is kept, or a new one where it was dropped or broke.</summary>
    public async Task<NpgsqlConnection> OpenAsync(ConnectionSource source, CancellationToken cancellationToken)
    {
        if (_session is { Connection: { State: ConnectionState.Open } open })
        {
            return open;
        }

        await DropAsync();
        _session = await source.OpenAsync(cancellationToken);
        return _session.Connection;
    }

    /// <summary>Gives it back to its pool: after a fault nobody knows its state.</summary>
    public async ValueTask DropAsync()
    {
        if (_session is { } session)
        {
            _session = null;
            await session.DisposeAsync();
        }
    }

    public ValueTask DisposeAsync() => DropAsync();
}
