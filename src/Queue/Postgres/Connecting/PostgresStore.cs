using System.Data;
using Npgsql;

namespace PodEngine.Queue.Postgres.Connecting;

/// <summary>
/// One PostgreSQL database and the schema in it that is ours: a pool of connections, and transactions on them. Opening connects to nothing, so a
/// program may start while PostgreSQL is away.
/// <para>No session setting and no session lock outlives a transaction on the server, so that a transaction-mode pooler may stand between. Statements
/// are prepared only where none does.</para>
/// </summary>
public sealed class PostgresStore : IAsyncDisposable
{
    /// <summary>The schema when the address names none.</summary>
    public const string DefaultSchema = "podengine";

    /// <summary>Given as the address to listen on: never listen, poll only.</summary>
    public const string ListenOff = "off";

    private const int Tries = 3;

    private readonly ConnectionSource _source;
    private long _outages;

    private PostgresStore(NpgsqlConnectionStringBuilder address, string schema, string? listenAddress, TimeProvider? testClock)
    {
        _source = new ConnectionSource(address);

        // Npgsql takes ports within the host too, and there they win.
        var hostNamesPort = address.Host!.Contains(':', StringComparison.Ordinal);
        Server = hostNamesPort ? $"{address.Host}/{address.Database}" : $"{address.Host}:{address.Port}/{address.Database}";
        Sql = new SchemaSql(schema);
        ListenAddress = listenAddress;
        TestClock = testClock;
    }

    /// <summary>The schema all tables are in: the first of the address's <c>search_path</c>, or <see cref="DefaultSchema"/>.</summary>
    public string Schema => Sql.Schema;

    /// <summary>Reads statements for <see cref="Schema"/>.</summary>
    public SchemaSql Sql { get; }

    /// <summary>Host, port and database, for messages.</summary>
    public string Server { get; }

    /// <summary>Connection string to listen with; null for polling only.</summary>
    internal string? ListenAddress { get; }

    /// <summary>Stands in for the database's clock under test; null everywhere else.</summary>
    internal TimeProvider? TestClock { get; }

    /// <summary>The <c>@now</c> of statements: null, for the database's clock, but under test.</summary>
    internal object Now => TestClock is { } clock ? clock.GetUtcNow() : new PostgresCommands.NoTime();

    /// <summary>How often the connection was found broken so far. Whoever sees it grow was out of touch.</summary>
    internal long Outages => Interlocked.Read(ref _outages);

    /// <summary>Opens the database of a <c>postgresql://</c> address.</summary>
    /// <param name="databaseUrl"><c>DATABASE_URL</c>.</param>
    /// <param name="listenUrl">
    /// <c>DATABASE_LISTEN_URL</c>: the address for the one listening connection, needed where <paramref name="databaseUrl"/> leads to a
    /// transaction-mode pooler. Null: listens at <paramref name="databaseUrl"/> and, where notifications do not arrive, polls. <c>off</c>: polls.
    /// </param>
    /// <exception cref="FormatException">An address cannot be read; the message says why and never shows the password.</exception>
    public static PostgresStore Open(string databaseUrl, string? listenUrl = null) => Open(databaseUrl, listenUrl, testClock: null);

    internal static PostgresStore Open(string databaseUrl, string? listenUrl, TimeProvider? testClock)
    {
        var (address, schema) = Address(databaseUrl, "DATABASE_URL");
        var listen = listenUrl switch
        {
            ListenOff => null,
            null or "" => address,
            _ => Address(listenUrl, "DATABASE_LISTEN_URL").Address,
        };
        return new PostgresStore(address, schema, listen is null ? null : ForListening(listen), testClock);
    }

    /// <summary>
    /// Runs work in a transaction (read committed). A transaction that failed before its commit was sent did nothing, so it is run again, a few times,
    /// when the cause may pass; <paramref name="work"/> must therefore have no effect but through the connection.
    /// </summary>
    /// <exception cref="QueueUnavailableException">It did not succeed.</exception>
    /// <exception cref="QueueRefusedException">PostgreSQL refuses a value.</exception>
    public Task<T> TransactAsync<T>(Func<NpgsqlConnection, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        return RepeatAsync(
            async (commit, token) =>
            {
                await using var session = await _source.OpenAsync(token);
                return await UseAsync(
                    session.Connection,
                    async (connection, stop) =>
                    {
                        await using var transaction = await session.BeginAsync(stop);
                        var result = await work(connection, stop);
                        commit.HasBegun = true;
                        await transaction.CommitAsync(stop);
                        return result;
                    },
                    token);
            },
            cancellationToken);
    }

    /// <summary>
    /// Runs work that is one command or one batch, which is a transaction in itself: a single round trip. When its answer is lost nobody knows whether
    /// it was done, so it is run again only after a conflict.
    /// </summary>
    /// <exception cref="QueueUnavailableException">It did not succeed, or its answer was lost.</exception>
    /// <exception cref="QueueRefusedException">PostgreSQL refuses a value.</exception>
    internal Task<T> ExecuteAsync<T>(Func<NpgsqlConnection, CancellationToken, Task<T>> work, CancellationToken cancellationToken) => RepeatAsync(
        async (commit, token) =>
        {
            await using var session = await _source.OpenAsync(token);
            commit.HasBegun = true;
            return await UseAsync(session.Connection, work, token);
        },
        cancellationToken);

    /// <summary>The same on the caller's own connection; one call at a time.</summary>
    internal Task<T> ExecuteAsync<T>(
        KeptConnection kept, Func<NpgsqlConnection, CancellationToken, Task<T>> work, CancellationToken cancellationToken) => RepeatAsync(
        async (commit, token) =>
        {
            var connection = await kept.OpenAsync(_source, token);
            commit.HasBegun = true;
            try
            {
                return await UseAsync(connection, work, token);
            }
            catch
            {
                await kept.DropAsync();
                throw;
            }
        },
        cancellationToken);

    /// <summary>Tells an answer that comes too late on a connection that lives from an outage.</summary>
    private async Task<T> UseAsync<T>(
        NpgsqlConnection connection, Func<NpgsqlConnection, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await work(connection, cancellationToken);
        }
        catch (NpgsqlException late) when (PostgresFaults.IsTimeout(late) && connection.State is ConnectionState.Open)
        {
            // The server was told to stop and did: it waited for a lock or has too much to do, and nobody was out of touch.
            throw PostgresFaults.Translate(late, Server);
        }
    }

    private async Task<T> RepeatAsync<T>(Func<Commit, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var commit = new Commit();
            try
            {
                return await work(commit, cancellationToken);
            }
            catch (Exception fault) when (PostgresFaults.IsDatabase(fault) && !cancellationToken.IsCancellationRequested)
            {
                var outage = PostgresFaults.IsOutage(fault);
                if (outage)
                {
                    Interlocked.Increment(ref _outages);
                    _source.LookAgain();
                }

                if (attempt == Tries || !((outage && !commit.HasBegun) || PostgresFaults.IsConflict(fault)))
                {
                    throw PostgresFaults.Translate(fault, Server);
                }

                await Task.Delay(TimeSpan.FromMilliseconds(20 * attempt * (1 + Lifecycle.Jitter.Next())), TimeProvider.System, cancellationToken);
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _source.DisposeAsync();

    /// <summary>Once it has begun, a lost connection leaves open whether it was done.</summary>
    private sealed class Commit
    {
        public bool HasBegun { get; set; }
    }

    private static (NpgsqlConnectionStringBuilder Address, string Schema) Address(string url, string variable)
    {
        var address = new NpgsqlConnectionStringBuilder(PostgresUri.ToConnectionString(url, variable))
        {
            // Sessions may belong to a pooler: leave nothing in them and expect nothing of them.
            NoResetOnClose = true,
            MaxAutoPrepare = 0,
            Enlist = false,

            // A heartbeat that hangs longer than this has missed its lease anyway.
            CommandTimeout = 10,
        };
        address.ApplicationName ??= "podengine";
        var schema = SearchPath.TakeSchema(address) ?? DefaultSchema;
        return (address, schema);
    }

    private static string ForListening(NpgsqlConnectionStringBuilder address) => new NpgsqlConnectionStringBuilder(address.ConnectionString)
    {
        Pooling = false,

        // Asks the server for a sign of life while listening, so that a half-open connection is noticed.
        KeepAlive = 10,
        CancellationTimeout = 2000,
    }.ConnectionString;
}
