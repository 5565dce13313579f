using PodEngine.Queue.Limits;
using PodEngine.Queue.Postgres;
using PodEngine.Queue.Tests.Behaviour;

namespace PodEngine.Queue.Tests.Postgres;

public sealed class PostgresSharedLimitsTests(MigratedStore migrated) : SharedLimitsSuite(migrated.Clock), IClassFixture<MigratedStore>
{
    private PostgresJobQueue _queue = null!;
    private PostgresSharedLimits _limits = null!;

    protected override Task<(ISharedLimits Limits, IJobQueue Queue)> OpenAsync(QueueTimings timings)
    {
        _queue = new PostgresJobQueue(migrated.Store, timings);
        _limits = new PostgresSharedLimits(migrated.Store, timings);
        return Task.FromResult<(ISharedLimits, IJobQueue)>((_limits, _queue));
    }

    protected override async ValueTask CloseAsync()
    {
        await _limits.DisposeAsync();
        await _queue.DisposeAsync();
    }
}
