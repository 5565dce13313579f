using System.Globalization;
using PodEngine.Kit.Processes;

namespace PodEngine.Kit.Postgres;

/// <summary>A real pgbouncer in transaction mode in front of a <see cref="PostgresServer"/>: each transaction may meet another session.</summary>
public sealed class PgBouncer : IAsyncDisposable
{
    private readonly EngServer _server;
    private readonly Uri _uri;

    private PgBouncer(EngServer server) => (_server, _uri) = (server, new Uri(server.Output));

    /// <param name="server">What it stands in front of, on this machine.</param>
    public static async Task<PgBouncer> StartAsync(PostgresServer server) =>
        new(await EngServer.StartAsync("pgbouncer", ["--server", server.Port.ToString(CultureInfo.InvariantCulture)]));

    /// <summary>The same <c>postgresql://</c> URI, by way of the pooler.</summary>
    public string Via(string uri) => new UriBuilder(uri) { Host = _uri.Host, Port = _uri.Port }.Uri.ToString();

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
