using System.Collections.Concurrent;
using PodEngine.Queue.Postgres.Claiming;
using PodEngine.Queue.Postgres.Completing;
using PodEngine.Queue.Postgres.Exchanging;

namespace PodEngine.Queue.Tests.Postgres.Exchanging;

public sealed class StoreExchangeTests
{
    private static readonly ClaimRequest Wish = new(new QueueKey(Guid.NewGuid(), "default", "default"), "worker", () => 5);

    private readonly ConcurrentQueue<(int Completions, int Claims)> _exchanges = new();
    private readonly ConcurrentQueue<AttemptWrite> _applied = new();
    private readonly TaskCompletionSource _open = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_reported_and_asked_for_while_a_batch_is_under_way_travels_together()
    {
        await using var exchange = new StoreExchange(ApplyAsync, AnswerWhenOpenAsync);
        var first = exchange.WriteAsync(Completed(), Cancelled);
        UntilExchanged();

        var others = Enumerable.Range(0, 50).Select(_ => exchange.WriteAsync(Completed(), Cancelled)).ToList();
        var claim = exchange.ClaimAsync(Wish, Cancelled);
        _open.SetResult();
        await Task.WhenAll([first, .. others]);

        Assert.Single(await claim);
        Assert.Equal([(1, 0), (50, 1)], _exchanges);
    }

    [Fact]
    public async Task A_write_that_cannot_be_stored_takes_nobody_down_with_it()
    {
        var bad = Completed();
        await using var exchange = new StoreExchange(
            ApplyAsync, asked => asked.Completions.Contains(bad) ? throw new InvalidOperationException("unfit") : AnswerAsync(asked));

        Task<JobState?>[] writes = [.. new[] { Completed(), bad, Completed() }.Select(write => exchange.WriteAsync(write, Cancelled))];

        Assert.Equal(JobState.Completed, await writes[0]);
        Assert.Equal(JobState.Completed, await writes[2]);
        await Assert.ThrowsAsync<InvalidOperationException>(() => writes[1]);
    }

    [Fact]
    public async Task When_the_store_is_away_every_caller_is_told_and_the_next_is_tried_again()
    {
        await using var exchange = new StoreExchange(ApplyAsync, _ => throw new QueueUnavailableException("away"));

        await Assert.ThrowsAsync<QueueUnavailableException>(() => exchange.WriteAsync(Completed(), Cancelled));
        await Assert.ThrowsAsync<QueueUnavailableException>(() => exchange.ClaimAsync(Wish, Cancelled));
    }

    [Fact]
    public async Task What_was_claimed_for_somebody_who_has_gone_is_handed_back()
    {
        using var leaving = new CancellationTokenSource();
        await using (var exchange = new StoreExchange(ApplyAsync, AnswerWhenOpenAsync))
        {
            var claim = exchange.ClaimAsync(Wish, leaving.Token);
            UntilExchanged();

            await leaving.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => claim);
            _open.SetResult();
            Assert.True(SpinWait.SpinUntil(() => !_applied.IsEmpty, TimeSpan.FromSeconds(30)));
        }

        Assert.IsType<AttemptOutcome.HandedBack>(Assert.IsType<AttemptWrite.Outcome>(Assert.Single(_applied)).Reported);
    }

    private Task<JobState?[]> ApplyAsync(IReadOnlyList<AttemptWrite> writes)
    {
        foreach (var write in writes)
        {
            _applied.Enqueue(write);
        }

        return Task.FromResult<JobState?[]>([.. writes.Select(_ => (JobState?)JobState.Queued)]);
    }

    private async Task<ExchangeAnswer> AnswerWhenOpenAsync(Exchange asked)
    {
        _exchanges.Enqueue((asked.Completions.Count, asked.Claims.Count));
        await _open.Task;
        return await AnswerAsync(asked);
    }

    private static Task<ExchangeAnswer> AnswerAsync(Exchange asked) => Task.FromResult(new ExchangeAnswer(
        [.. asked.Completions.Select(_ => (JobState?)JobState.Completed)], [.. asked.Claims.Select(_ => (IReadOnlyList<ClaimedJob>)[Job()])]));

    private void UntilExchanged() => Assert.True(SpinWait.SpinUntil(() => !_exchanges.IsEmpty, TimeSpan.FromSeconds(30)));

    private static ClaimedJob Job() => new()
    {
        Lease = new JobLease(JobId.New(), 1),
        Name = "job",
        Arguments = "{}",
        Attempt = 1,
        MaxAttempts = 4,
        DeadlineRemaining = TimeSpan.FromHours(1),
    };

    private static AttemptWrite.Outcome Completed() => new(new JobLease(JobId.New(), 1) { Sequence = 1 }, new AttemptOutcome.Completed());
}
