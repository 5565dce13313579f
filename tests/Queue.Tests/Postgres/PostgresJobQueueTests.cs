using PodEngine.Queue.Postgres;
using PodEngine.Queue.Tests.Behaviour;

namespace PodEngine.Queue.Tests.Postgres;

public sealed class PostgresJobQueueTests(MigratedStore migrated) : JobQueueSuite(migrated.Clock), IClassFixture<MigratedStore>
{
    private PostgresJobQueue _queue = null!;

    protected override async Task<IJobQueue> OpenAsync(QueueTimings timings)
    {
        await migrated.EmptyAsync();
        _queue = new PostgresJobQueue(migrated.Store, timings);
        return _queue;
    }

    protected override ValueTask CloseAsync() => _queue.DisposeAsync();
}
