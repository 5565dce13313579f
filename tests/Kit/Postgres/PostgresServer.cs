using Npgsql;
using PodEngine.Kit.Faults;
using PodEngine.Kit.Processes;

namespace PodEngine.Kit.Postgres;

/// <summary>
/// A real PostgreSQL. Tests share one per run: the server that <c>PODENGINE_TEST_POSTGRES</c> (a URI, set by <c>make test</c>) names, else one
/// started on first use and ended with the process. Tests that take the server away start one of their own with <see cref="StartAsync"/>.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    public const string EnvironmentVariable = "PODENGINE_TEST_POSTGRES";

    private static readonly Lazy<Task<PostgresServer>> _shared = new(StartSharedAsync);
    private readonly EngServer? _server;

    private PostgresServer(Uri uri, EngServer? server)
    {
        Uri = uri;
        _server = server;
    }

    /// <summary>The administrator's <c>postgresql://</c> URI, for child processes.</summary>
    public Uri Uri { get; }

    public string Host => Uri.Host;

    public int Port => Uri.Port;

    /// <summary>The administrator's connection string for Npgsql.</summary>
    public string ConnectionString => ConnectionStringTo(Host, Port, Uri.AbsolutePath.TrimStart('/'));

    /// <summary>The run's server; ends the test (skip at home, fail in CI) when there can be none.</summary>
    public static async Task<PostgresServer> SharedAsync()
    {
        try
        {
            return await _shared.Value;
        }
        catch (InvalidOperationException exception)
        {
            MissingDependency.SkipOrFail($"no PostgreSQL for tests: {exception.Message}");
            throw;
        }
    }

    /// <summary>Starts a server of the test's own.</summary>
    /// <param name="durable">Whether it fsyncs as a production server does.</param>
    public static async Task<PostgresServer> StartAsync(bool durable = false)
    {
        var server = await EngServer.StartAsync("postgres", durable ? ["--durable"] : []);
        return new PostgresServer(new Uri(server.Output), server);
    }

    /// <summary>Shuts the server down cleanly (fast mode); its data and its port stay.</summary>
    public Task StopAsync() => ControlAsync("stop");

    /// <summary>Ends the server at once (immediate mode): the next start recovers from the log.</summary>
    public Task QuitAsync() => ControlAsync("quit");

    /// <summary>Kills the postmaster with SIGKILL.</summary>
    public Task KillAsync() => ControlAsync("kill");

    /// <summary>Starts the server again after <see cref="StopAsync"/>, <see cref="QuitAsync"/> or <see cref="KillAsync"/>; returns when it accepts connections.</summary>
    public Task StartAgainAsync() => ControlAsync("start");

    /// <summary>A proxy in front of this server.</summary>
    public FaultProxy CreateProxy() => FaultProxy.Start(Host, Port);

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    internal static string ConnectionStringTo(string host, int port, string database, string? searchPath = null) =>
        new NpgsqlConnectionStringBuilder
        {
            Host = host,
            Port = port,
            Database = database,
            Username = "postgres",
            SearchPath = searchPath,
            IncludeErrorDetail = true,
            // A leaked pool of one test must not starve the others of the server's 300 connections.
            MaxPoolSize = 30,
            ConnectionIdleLifetime = 5,
            ConnectionPruningInterval = 2,
        }.ConnectionString;

    internal async Task ExecuteAsync(string sql)
    {
        // Unpooled: a connection kept from before a restart of the server would fail.
        await using var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
#pragma warning disable CA2100 // Identifiers cannot be parameters; these are made here from random hexadecimal digits.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<PostgresServer> StartSharedAsync() =>
        Environment.GetEnvironmentVariable(EnvironmentVariable) is { Length: > 0 } uri
            ? new PostgresServer(new Uri(uri), null)
            : await StartAsync();

    private async Task ControlAsync(string verb)
    {
        var server = _server ?? throw new InvalidOperationException("the shared server cannot be taken away: use PostgresServer.StartAsync");
        (await Command.RunAsync(RepositoryRoot.File("eng", "postgres", "server.sh"), [server.Directory, verb])).Expect();
    }
}
