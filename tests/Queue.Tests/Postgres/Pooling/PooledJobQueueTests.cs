using PodEngine.Queue.Postgres;
using PodEngine.Queue.Tests.Behaviour;

namespace PodEngine.Queue.Tests.Postgres.Pooling;

/// <summary>The whole contract behind a transaction-mode pooler.</summary>
public sealed class PooledJobQueueTests(PooledStore pooled) : JobQueueSuite(pooled.Clock), IClassFixture<PooledStore>
{
    private PostgresJobQueue _queue = null!;

    protected override async Task<IJobQueue> OpenAsync(QueueTimings timings)
    {
        await pooled.EmptyAsync();
        _queue = new PostgresJobQueue(pooled.Store, timings);
        return _queue;
    }

    protected override ValueTask CloseAsync() => _queue.DisposeAsync();
}
