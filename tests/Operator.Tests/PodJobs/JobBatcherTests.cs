using PodEngine.Operator.PodJobs;
using PodEngine.Queue;
using PodEngine.Queue.InMemory;

namespace PodEngine.Operator.Tests.PodJobs;

public class JobBatcherTests
{
    private static readonly QueueKey Lane = new(Guid.NewGuid(), "shop", "default");

    [Fact]
    public async Task Each_caller_gets_its_own_outcome_and_a_bad_request_fails_alone()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var queue = new InMemoryJobQueue(TimeProvider.System);
        var batcher = new JobBatcher(queue, TimeProvider.System);
        var running = batcher.RunAsync(stop.Token);
        var known = Request();
        await batcher.UpsertAsync(known, stop.Token);

        var fresh = batcher.UpsertAsync(Request(), stop.Token);
        var repeated = batcher.UpsertAsync(known, stop.Token);
        var wrong = batcher.UpsertAsync(Request() with { Priority = 5000 }, stop.Token);

        Assert.Equal(UpsertOutcome.Inserted, await fresh);
        Assert.Equal(UpsertOutcome.Unchanged, await repeated);
        await Assert.ThrowsAnyAsync<ArgumentException>(() => wrong);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    private static JobRequest Request() => new() { Id = JobId.New(), Queue = Lane, Name = "cats", Arguments = "{}" };
}
