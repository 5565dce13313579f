using PodEngine.Queue.InMemory;
using PodEngine.Queue.Limits;
using PodEngine.Queue.Tests.Behaviour;

namespace PodEngine.Queue.Tests.InMemory;

public sealed class InMemorySharedLimitsTests() : SharedLimitsSuite(new SettableClock())
{
    protected override Task<(ISharedLimits Limits, IJobQueue Queue)> OpenAsync(QueueTimings timings)
    {
        var queue = new InMemoryJobQueue(Clock, timings);
        return Task.FromResult<(ISharedLimits, IJobQueue)>((new InMemorySharedLimits(queue), queue));
    }

    protected override ValueTask CloseAsync() => ValueTask.CompletedTask;
}
