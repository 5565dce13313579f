using PodEngine.Kit.Postgres;
using PodEngine.Queue;
using PodEngine.Queue.Postgres.Connecting;
using PodEngine.Queue.Postgres.Migrations;
using PodEngine.QueueWorker.Recording;

namespace PodEngine.QueueHistory.Tests.Running;

/// <summary>A PostgreSQL of the run's own that keeps what it has committed, a pooler in front of it, and a database with the queue and the history.</summary>
internal sealed class World : IAsyncDisposable
{
    private World(PostgresServer server, PgBouncer pooler, PostgresDatabase database)
    {
        Server = server;
        Pooler = pooler;
        Database = database;
    }

    /// <summary>Shorter than in production, so that more happens in a run.</summary>
    public static QueueTimings Timings { get; } = new()
    {
        LeaseLength = TimeSpan.FromSeconds(4),
        HeartbeatInterval = TimeSpan.FromMilliseconds(800),
        HeartbeatIntervalPolling = TimeSpan.FromMilliseconds(800),
    };

    public QueueKey Queue { get; } = new(Guid.NewGuid(), "default", "default");

    public PostgresServer Server { get; }

    public PgBouncer Pooler { get; }

    public PostgresDatabase Database { get; }

    public string PooledUrl => Pooler.Via(Database.Uri);

    public static async Task<World> CreateAsync(CancellationToken cancellationToken)
    {
        var server = await PostgresServer.StartAsync(durable: true);
        var world = new World(server, await PgBouncer.StartAsync(server), await PostgresDatabase.CreateAsync(server));
        await using var store = PostgresStore.Open(world.Database.Uri, PostgresStore.ListenOff);
        await PostgresMigrator.ApplyAsync(store, [QueueMigrations.Component, HistoryMigrations.Component], cancellationToken);
        return world;
    }

    public async ValueTask DisposeAsync()
    {
        await Pooler.DisposeAsync();
        await Server.DisposeAsync();
    }
}
