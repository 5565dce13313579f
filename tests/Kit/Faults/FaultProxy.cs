using System.Net;
using System.Net.Sockets;

namespace PodEngine.Kit.Faults;

/// <summary>
/// A TCP proxy on a loopback port with faults as knobs, for in front of PostgreSQL or an API server. Knobs act on open connections and on
/// those to come, until <see cref="Resume"/>; only <see cref="CutAll"/> and the half-closes act once, on what is open.
/// </summary>
public sealed class FaultProxy : IAsyncDisposable
{
    private readonly string _host;
    private readonly int _targetPort;
    private readonly Lock _lock = new();
    private readonly HashSet<ProxiedConnection> _open = [];
    private TcpListener? _listener;
    private Task _accepting = Task.CompletedTask;
    private int _accepted;

    private FaultProxy(string host, int targetPort)
    {
        _host = host;
        _targetPort = targetPort;
        Listen(0);
    }

    /// <summary>Where it listens, on 127.0.0.1.</summary>
    public int Port { get; private set; }

    /// <summary>Connections accepted so far.</summary>
    public int Accepted => Volatile.Read(ref _accepted);

    /// <summary>Connections open now.</summary>
    public int Open
    {
        get
        {
            lock (_lock)
            {
                return _open.Count;
            }
        }
    }

    /// <summary>Added to everything the client sends; order is kept, throughput is not limited.</summary>
    public TimeSpan DelayToServer { get => Knobs.ToServer; set => Knobs.ToServer = value; }

    /// <summary>Added to everything the server sends.</summary>
    public TimeSpan DelayToClient { get => Knobs.ToClient; set => Knobs.ToClient = value; }

    internal FaultKnobs Knobs { get; } = new();

    public static FaultProxy Start(string host, int port) => new(host, port);

    /// <summary>Resets all open connections (RST to both sides), as a crashed host or a killed connection does.</summary>
    public void CutAll()
    {
        foreach (var connection in Snapshot())
        {
            connection.Cut();
        }
    }

    /// <summary>New connections are refused, as when nothing listens; open ones go on.</summary>
    public void RefuseNew()
    {
        lock (_lock)
        {
            _listener?.Dispose();
            _listener = null;
        }
    }

    /// <summary>Nothing is forwarded any more, in either direction; connections stay open and new ones are accepted: a network that drops packets.</summary>
    public void Stall() => Knobs.Stall();

    /// <summary>Each client sees the end of the stream (FIN) while what it sends is still forwarded.</summary>
    public void HalfCloseTowardsClients()
    {
        foreach (var connection in Snapshot())
        {
            connection.HalfCloseTowardsClient();
        }
    }

    /// <summary>The server sees the end of each stream (FIN) while what it sends is still forwarded.</summary>
    public void HalfCloseTowardsServer()
    {
        foreach (var connection in Snapshot())
        {
            connection.HalfCloseTowardsServer();
        }
    }

    /// <summary>Ends all faults: accepts again, on the same port, and forwards at once what was held back.</summary>
    public void Resume()
    {
        Knobs.Clear();
        lock (_lock)
        {
            if (_listener is null)
            {
                Listen(Port);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        RefuseNew();
        Knobs.Clear();
        CutAll();
        await _accepting;
        await Task.WhenAll(Snapshot().Select(connection => connection.Ended));
    }

    private void Listen(int port)
    {
        var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        _listener = listener;
        _accepting = AcceptAsync(listener, _accepting);
    }

    private async Task AcceptAsync(TcpListener listener, Task previous)
    {
        await previous;
        while (true)
        {
            try
            {
                var client = await listener.AcceptSocketAsync();
                Interlocked.Increment(ref _accepted);
                var connection = new ProxiedConnection(client, Knobs);
                lock (_lock)
                {
                    _open.Add(connection);
                }

                connection.Begin(_host, _targetPort, Forget);
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                // The listener was taken away by RefuseNew.
                return;
            }
        }
    }

    private void Forget(ProxiedConnection connection)
    {
        lock (_lock)
        {
            _open.Remove(connection);
        }
    }

    private List<ProxiedConnection> Snapshot()
    {
        lock (_lock)
        {
            return [.. _open];
        }
    }
}
