using System.Collections.Concurrent;
using PodEngine.Queue.Postgres.Completing;

namespace PodEngine.Queue.Tests.Postgres.Completing;

public sealed class AttemptCompleterTests
{
    private readonly ConcurrentQueue<int> _batches = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_reported_while_a_batch_is_being_written_is_written_together()
    {
        var open = new TaskCompletionSource();
        await using var completer = new AttemptCompleter(async writes =>
        {
            _batches.Enqueue(writes.Count);
            await open.Task;
            return [.. writes.Select(_ => (JobState?)JobState.Completed)];
        });
        var first = completer.WriteAsync(Completed(), Cancelled);
        Assert.True(SpinWait.SpinUntil(() => !_batches.IsEmpty, TimeSpan.FromSeconds(30)));

        var others = Enumerable.Range(0, 50).Select(_ => completer.WriteAsync(Completed(), Cancelled)).ToList();
        open.SetResult();
        await Task.WhenAll([first, .. others]);

        Assert.Equal([1, 50], _batches);
    }

    [Fact]
    public async Task A_write_that_cannot_be_stored_takes_nobody_down_with_it()
    {
        var bad = Completed();
        await using var completer = new AttemptCompleter(writes =>
            writes.Contains(bad) ? throw new InvalidOperationException("unfit") : Task.FromResult<JobState?[]>([.. writes.Select(_ => (JobState?)JobState.Completed)]));

        Task<JobState?>[] writes = [.. new[] { Completed(), bad, Completed() }.Select(write => completer.WriteAsync(write, Cancelled))];

        Assert.Equal(JobState.Completed, await writes[0]);
        Assert.Equal(JobState.Completed, await writes[2]);
        await Assert.ThrowsAsync<InvalidOperationException>(() => writes[1]);
    }

    [Fact]
    public async Task When_the_store_is_away_every_caller_is_told()
    {
        await using var completer = new AttemptCompleter(_ => throw new QueueUnavailableException("away"));

        await Assert.ThrowsAsync<QueueUnavailableException>(() => completer.WriteAsync(Completed(), Cancelled));
        await Assert.ThrowsAsync<QueueUnavailableException>(() => completer.WriteAsync(Completed(), Cancelled));
    }

    private static AttemptWrite.Outcome Completed() => new(new JobLease(JobId.New(), 1), new AttemptOutcome.Completed());
}
