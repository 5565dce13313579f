using Npgsql;
using PodEngine.Kit.Faults;
using Xunit;

namespace PodEngine.Kit.Postgres;

/// <summary>
/// An empty schema of the test's own in the run's database, dropped at the end. LISTEN/NOTIFY channels and advisory locks are the database's:
/// a test that uses fixed ones takes a <see cref="PostgresDatabase"/>.
/// </summary>
public sealed class PostgresSchema : IAsyncDisposable
{
    private PostgresSchema(PostgresServer server, string name)
    {
        Server = server;
        Name = name;
    }

    public PostgresServer Server { get; }

    public string Name { get; }

    /// <summary>For Npgsql, with this schema as the search path.</summary>
    public string ConnectionString => ConnectionStringAt(Server.Host, Server.Port);

    /// <summary>A <c>postgresql://</c> URI with this schema as the search path, for child processes.</summary>
    public string Uri => UriAt(Server.Host, Server.Port);

    /// <param name="server">The run's shared server when null.</param>
    public static async Task<PostgresSchema> CreateAsync(PostgresServer? server = null)
    {
        server ??= await PostgresServer.SharedAsync();
        var schema = new PostgresSchema(server, $"t_{Guid.NewGuid():n}"[..18]);
        await server.ExecuteAsync($"CREATE SCHEMA {schema.Name}");
        return schema;
    }

    public string ConnectionStringVia(FaultProxy proxy) => ConnectionStringAt("127.0.0.1", proxy.Port);

    public string UriVia(FaultProxy proxy) => UriAt("127.0.0.1", proxy.Port);

    public async Task<NpgsqlConnection> OpenAsync()
    {
        var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        return connection;
    }

    public async ValueTask DisposeAsync() => await Server.ExecuteAsync($"DROP SCHEMA IF EXISTS {Name} CASCADE");

    private string ConnectionStringAt(string host, int port) =>
        PostgresServer.ConnectionStringTo(host, port, Server.Uri.AbsolutePath.TrimStart('/'), Name);

    private string UriAt(string host, int port) =>
        $"postgresql://postgres@{host}:{port}{Server.Uri.AbsolutePath}?options=-c%20search_path%3D{Name}";
}
