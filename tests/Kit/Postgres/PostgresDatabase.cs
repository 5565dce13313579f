using Npgsql;
using PodEngine.Kit.Faults;
using Xunit;

namespace PodEngine.Kit.Postgres;

/// <summary>An empty database of the test's own, dropped at the end: for what names its schema, or uses NOTIFY or advisory locks.</summary>
public sealed class PostgresDatabase : IAsyncDisposable
{
    private PostgresDatabase(PostgresServer server, string name)
    {
        Server = server;
        Name = name;
    }

    public PostgresServer Server { get; }

    public string Name { get; }

    /// <summary>For Npgsql.</summary>
    public string ConnectionString => PostgresServer.ConnectionStringTo(Server.Host, Server.Port, Name);

    /// <summary>The <c>postgresql://</c> URI, for child processes.</summary>
    public string Uri => $"postgresql://postgres@{Server.Host}:{Server.Port}/{Name}";

    /// <param name="server">The run's shared server when null.</param>
    public static async Task<PostgresDatabase> CreateAsync(PostgresServer? server = null)
    {
        server ??= await PostgresServer.SharedAsync();
        var database = new PostgresDatabase(server, $"t_{Guid.NewGuid():n}"[..18]);
        await server.ExecuteAsync($"CREATE DATABASE {database.Name}");
        return database;
    }

    public string ConnectionStringVia(FaultProxy proxy) => PostgresServer.ConnectionStringTo("127.0.0.1", proxy.Port, Name);

    public string UriVia(FaultProxy proxy) => $"postgresql://postgres@127.0.0.1:{proxy.Port}/{Name}";

    public async Task<NpgsqlConnection> OpenAsync()
    {
        var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        return connection;
    }

    public async ValueTask DisposeAsync() => await Server.ExecuteAsync($"DROP DATABASE IF EXISTS {Name} WITH (FORCE)");
}
