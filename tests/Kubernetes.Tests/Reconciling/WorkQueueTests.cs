using PodEngine.Kit.Time;
using PodEngine.Kubernetes.Reconciling;

namespace PodEngine.Kubernetes.Tests.Reconciling;

public class WorkQueueTests
{
    private readonly ManualTimeProvider clock = new();

    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_added_many_times_is_handed_out_once()
    {
        var queue = Queue();
        queue.Add("a");
        queue.Add("a");
        queue.Add("b");

        Assert.Equal(["a", "b"], await TakeAllAsync(queue));
    }

    [Fact]
    public async Task A_key_added_while_it_is_worked_on_comes_again_afterwards_and_not_before()
    {
        var queue = Queue();
        queue.Add("a");
        await queue.TakeAsync(Ending);

        queue.Add("a");
        Assert.False(IsReady(queue, out var second));
        queue.Done("a");

        Assert.Equal("a", (await second)!.Value.Key);
    }

    [Fact]
    public async Task Changed_keys_go_before_relisted_ones()
    {
        var queue = Queue();
        queue.Add("old-1", WorkPriority.Relisted);
        queue.Add("old-2", WorkPriority.Relisted);
        queue.Add("new");
        queue.Add("old-2");

        Assert.Equal(["new", "old-2", "old-1"], await TakeAllAsync(queue));
    }

    [Fact]
    public async Task Relisted_keys_are_not_starved_by_a_stream_of_changes()
    {
        var queue = Queue();
        queue.Add("relisted", WorkPriority.Relisted);
        List<string> taken = [];
        for (var turn = 0; turn < 20; turn++)
        {
            queue.Add($"changed-{turn}");
            var item = await queue.TakeAsync(Ending);
            queue.Done(item!.Value.Key);
            taken.Add(item.Value.Key);
        }

        Assert.Contains("relisted", taken.Take(10));
    }

    [Fact]
    public async Task Failures_wait_from_5_ms_doubling_to_5_minutes_and_never_end()
    {
        var queue = Queue();
        List<TimeSpan> waits = [];
        for (var failure = 0; failure < 100; failure++)
        {
            queue.Add("a");
            await queue.TakeAsync(Ending);
            waits.Add(queue.Retry("a"));
            queue.Done("a");
        }

        Assert.Equal([5, 10, 20, 40], waits.Take(4).Select(static wait => wait.TotalMilliseconds));
        Assert.All(waits.Skip(17), static wait => Assert.Equal(TimeSpan.FromMinutes(5), wait));
    }

    [Fact]
    public async Task A_failed_key_comes_again_when_its_wait_is_over()
    {
        var queue = Queue();
        queue.Add("a");
        await queue.TakeAsync(Ending);
        queue.Retry("a");
        queue.Done("a");

        Assert.False(IsReady(queue, out var next));
        clock.Advance(TimeSpan.FromMilliseconds(5));

        var again = (await next)!.Value;
        Assert.Equal(("a", 1), (again.Key, again.Failures));
        queue.Forget("a");
        queue.Done("a");
        queue.Add("a");
        Assert.Equal(0, (await queue.TakeAsync(Ending))!.Value.Failures);
    }

    [Fact]
    public async Task The_wish_of_a_server_to_wait_longer_is_heeded()
    {
        var queue = Queue();
        queue.Add("a");
        await queue.TakeAsync(Ending);

        Assert.Equal(TimeSpan.FromSeconds(7), queue.Retry("a", TimeSpan.FromSeconds(7)));
        queue.Done("a");

        clock.Advance(TimeSpan.FromSeconds(6.9));
        Assert.False(IsReady(queue, out var next));
        clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal("a", (await next)!.Value.Key);
    }

    [Fact]
    public async Task Delayed_keys_come_in_the_order_they_are_due_and_the_shortest_delay_counts()
    {
        var queue = Queue();
        queue.AddAfter("late", TimeSpan.FromSeconds(30));
        queue.AddAfter("early", TimeSpan.FromMinutes(10));
        queue.AddAfter("early", TimeSpan.FromSeconds(10));
        queue.AddAfter("early", TimeSpan.FromSeconds(20));

        clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(["early"], await TakeAllAsync(queue, 1));
        clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(["late"], await TakeAllAsync(queue, 1));
        clock.Advance(TimeSpan.FromHours(1));
        Assert.False(IsReady(queue, out _));
    }

    [Fact]
    public async Task A_change_makes_a_delay_void()
    {
        var queue = Queue();
        queue.AddAfter("a", TimeSpan.FromSeconds(10));
        queue.Add("a");
        Assert.Equal(["a"], await TakeAllAsync(queue, 1));

        clock.Advance(TimeSpan.FromMinutes(1));

        Assert.False(IsReady(queue, out _));
    }

    [Fact]
    public async Task A_busy_key_is_slowed_to_its_interval_while_others_pass()
    {
        var queue = new WorkQueue<string>("test", clock, new WorkQueueOptions { KeyInterval = TimeSpan.FromSeconds(1) });
        clock.Advance(TimeSpan.FromSeconds(5));
        queue.Add("busy");
        Assert.Equal(["busy"], await TakeAllAsync(queue, 1));

        queue.Add("busy");
        queue.Add("other");

        Assert.Equal(["other"], await TakeAllAsync(queue, 1));
        Assert.False(IsReady(queue, out var next));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("busy", (await next)!.Value.Key);
    }

    [Fact]
    public async Task Nothing_is_kept_of_keys_that_are_done_with()
    {
        var queue = new WorkQueue<string>("test", clock, new WorkQueueOptions { KeyInterval = TimeSpan.FromSeconds(1) });
        clock.Advance(TimeSpan.FromSeconds(5));
        for (var number = 0; number < 1_000; number++)
        {
            queue.Add($"key-{number}", (WorkPriority)(number % 2));
        }

        await TakeAllAsync(queue);
        queue.Add("key-7");
        Assert.Equal(1_000, queue.Known);
        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(["key-7"], await TakeAllAsync(queue));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0, queue.Known);
    }

    [Fact]
    public async Task A_key_that_failed_is_kept_until_it_succeeds()
    {
        var queue = new WorkQueue<string>("test", clock, new WorkQueueOptions { KeyInterval = TimeSpan.FromSeconds(1) });
        clock.Advance(TimeSpan.FromSeconds(5));
        queue.Add("a");
        await queue.TakeAsync(Ending);
        queue.Retry("a");
        queue.Done("a");
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, (await queue.TakeAsync(Ending))!.Value.Failures);

        queue.Forget("a");
        queue.Done("a");
        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(0, queue.Known);
    }

    [Fact]
    public async Task All_keys_together_start_in_a_burst_and_then_at_the_given_rate()
    {
        var queue = new WorkQueue<string>("test", clock, new WorkQueueOptions { StartsPerSecond = 10, Burst = 3 });
        for (var number = 0; number < 5; number++)
        {
            queue.Add($"relisted-{number}", WorkPriority.Relisted);
        }

        await TakeAllAsync(queue, 3);
        Assert.False(IsReady(queue, out var fourth));
        Assert.False(IsReady(queue, out var fifth));
        queue.Add("changed");
        clock.Advance(TimeSpan.FromMilliseconds(100));

        Assert.Equal("changed", (await fourth)!.Value.Key);
        Assert.False(fifth.IsCompleted);
        clock.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Equal("relisted-3", (await fifth)!.Value.Key);

        clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(["relisted-4"], await TakeAllAsync(queue, 1));
    }

    [Fact]
    public async Task A_worker_that_gives_up_waiting_for_a_start_leaves_the_key_to_others()
    {
        var queue = new WorkQueue<string>("test", clock, new WorkQueueOptions { StartsPerSecond = 1, Burst = 1 });
        queue.Add("a");
        await TakeAllAsync(queue, 1);
        queue.Add("b");
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ending);
        var given = queue.TakeAsync(patience.Token).AsTask();

        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
        clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(["b"], await TakeAllAsync(queue, 1));
    }

    [Fact]
    public async Task Shutting_down_waits_for_what_is_worked_on_and_hands_out_nothing_more()
    {
        var queue = Queue();
        queue.Add("a");
        queue.Add("b");
        await queue.TakeAsync(Ending);
        var done = queue.ShutDownAsync();
        Assert.False(done.IsCompleted);

        queue.Add("c");
        Assert.Null(await queue.TakeAsync(Ending));
        queue.Done("a");

        await done.WaitAsync(Ending);
        await queue.ShutDownAsync().WaitAsync(Ending);
    }

    [Fact]
    public async Task A_waiting_worker_is_told_of_the_end()
    {
        var queue = Queue();
        Assert.False(IsReady(queue, out var waiting));

        await queue.ShutDownAsync();

        Assert.Null(await waiting);
    }

    [Fact]
    public async Task Ten_thousand_keys_by_many_workers_are_never_worked_on_twice_at_once()
    {
        var queue = new WorkQueue<int>("test", TimeProvider.System);
        var running = new int[100];
        var handled = 0;
        var workers = Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            while (await queue.TakeAsync(Ending) is { } item)
            {
                Assert.Equal(1, Interlocked.Increment(ref running[item.Key]));
                await Task.Yield();
                Interlocked.Decrement(ref running[item.Key]);
                Interlocked.Increment(ref handled);
                queue.Done(item.Key);
            }
        })).ToList();

        Parallel.For(0, 10_000, number => queue.Add(number % 100, (WorkPriority)(number % 2)));
        await Kit.Eventually.Holds(() => queue.IsIdle);
        await queue.ShutDownAsync();
        await Task.WhenAll(workers);

        Assert.InRange(handled, 100, 10_000);
    }

    private WorkQueue<string> Queue() => new("test", clock);

    private static bool IsReady(WorkQueue<string> queue, out Task<WorkItem<string>?> next)
    {
        next = queue.TakeAsync(Ending).AsTask();
        return next.IsCompleted;
    }

    private static async Task<List<string>> TakeAllAsync(WorkQueue<string> queue, int? count = null)
    {
        List<string> taken = [];
        for (var remaining = count ?? queue.Count; remaining > 0; remaining--)
        {
            var item = await queue.TakeAsync(Ending).AsTask().WaitAsync(TimeSpan.FromSeconds(5), Ending);
            taken.Add(item!.Value.Key);
            queue.Done(item.Value.Key);
        }

        return taken;
    }
}
