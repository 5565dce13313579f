using PodEngine.Queue.Postgres;

namespace PodEngine.Queue.Tests.Postgres;

/// <summary>Tests of one class on a queue in PostgreSQL whose tables are emptied before each.</summary>
public abstract class OnOneQueue(MigratedStore migrated) : IClassFixture<MigratedStore>, IAsyncLifetime
{
    private PostgresJobQueue _queue = null!;

    protected static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    protected MigratedStore Migrated => migrated;

    protected QueueKey Lane { get; } = new(Guid.NewGuid(), "default", "default");

    protected PostgresJobQueue Queue => _queue;

    public async ValueTask InitializeAsync()
    {
        await migrated.EmptyAsync();
        _queue = new PostgresJobQueue(migrated.Store);
    }

    public async ValueTask DisposeAsync()
    {
        await _queue.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
