using PodEngine.Queue.InMemory;
using PodEngine.Queue.Tests.Behaviour;

namespace PodEngine.Queue.Tests.InMemory;

public sealed class InMemoryJobQueueTests() : JobQueueSuite(new SettableClock())
{
    protected override Task<IJobQueue> OpenAsync(QueueTimings timings) => Task.FromResult<IJobQueue>(new InMemoryJobQueue(Clock, timings));

    protected override ValueTask CloseAsync() => ValueTask.CompletedTask;
}
