using PodEngine.Kit.Time;

namespace PodEngine.Kit.Tests.Time;

public sealed class ManualTimeProviderTests
{
    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public void Time_stands_still_until_it_is_advanced()
    {
        var before = _clock.GetUtcNow();
        Assert.Equal(before, _clock.GetUtcNow());
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(before + TimeSpan.FromHours(1), _clock.GetUtcNow());
        Assert.Equal(TimeSpan.FromHours(1), _clock.GetElapsedTime(before.UtcTicks));
    }

    [Fact]
    public void Timers_fire_in_the_order_they_are_due_and_each_at_its_own_instant()
    {
        var start = _clock.GetUtcNow();
        var fired = new List<(string Name, double Seconds)>();
        void Note(object? name) => fired.Add(((string)name!, (_clock.GetUtcNow() - start).TotalSeconds));
        using var late = _clock.CreateTimer(Note, "late", TimeSpan.FromSeconds(5), Timeout.InfiniteTimeSpan);
        using var periodic = _clock.CreateTimer(Note, "periodic", TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2));

        _clock.Advance(TimeSpan.FromSeconds(6));

        Assert.Equal([("periodic", 2), ("periodic", 4), ("late", 5), ("periodic", 6)], fired);
    }

    [Fact]
    public async Task A_delay_ends_when_its_time_has_come_and_not_before()
    {
        var delay = Task.Delay(TimeSpan.FromMinutes(1), _clock, TestContext.Current.CancellationToken);
        _clock.Advance(TimeSpan.FromSeconds(59));
        Assert.False(delay.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await delay;
    }

    [Fact]
    public async Task A_test_can_wait_for_the_moment_when_the_code_waits_for_time()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var armed = _clock.WhenArmedAsync(2, cancellationToken);
        var first = Task.Run(() => Task.Delay(TimeSpan.FromSeconds(1), _clock, cancellationToken), cancellationToken);
        var second = Task.Run(() => Task.Delay(TimeSpan.FromSeconds(2), _clock, cancellationToken), cancellationToken);
        await armed;
        _clock.Advance(TimeSpan.FromSeconds(2));
        await Task.WhenAll(first, second);
        Assert.Equal(0, _clock.ArmedTimers);
    }

    [Fact]
    public async Task A_cancellation_by_timeout_comes_with_the_clock()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(10), _clock);
        var cancelled = Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, deadline.Token);
        _clock.Advance(TimeSpan.FromSeconds(10));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
    }

    [Fact]
    public void A_timer_that_was_disposed_does_not_fire()
    {
        var fired = false;
        var timer = _clock.CreateTimer(_ => fired = true, null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        timer.Dispose();
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.False(fired);
        Assert.False(timer.Change(TimeSpan.Zero, TimeSpan.Zero));
    }
}
