using PodEngine.Kit.Postgres;
using PodEngine.Queue.Postgres;
using PodEngine.Queue.Postgres.Connecting;
using PodEngine.Queue.Postgres.Migrations;
using PodEngine.Queue.Tests.Behaviour;

namespace PodEngine.Queue.Tests.Postgres;

public sealed class PostgresJobQueueTests : JobQueueSuite
{
    private PostgresSchema _schema = null!;
    private PostgresStore _store = null!;
    private PostgresJobQueue _queue = null!;

    protected override async Task<IJobQueue> OpenAsync(QueueTimings timings)
    {
        _schema = await PostgresSchema.CreateAsync();
        _store = PostgresStore.Open(_schema.Uri, listenUrl: null, Clock);
        await PostgresMigrator.ApplyAsync(_store, [QueueMigrations.Component], Cancelled);
        _queue = new PostgresJobQueue(_store, timings);
        return _queue;
    }

    protected override async ValueTask CloseAsync()
    {
        await _queue.DisposeAsync();
        await _store.DisposeAsync();
        await _schema.DisposeAsync();
    }
}
