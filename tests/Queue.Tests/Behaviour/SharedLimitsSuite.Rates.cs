using PodEngine.Queue.Limits;

namespace PodEngine.Queue.Tests.Behaviour;

public abstract partial class SharedLimitsSuite
{
    [Theory]
    [InlineData(1, 1, 7)]
    [InlineData(5, 10, 1)]
    [InlineData(40, 60, 2)]
    [InlineData(1000, 10, 3)]
    public async Task No_window_wherever_it_begins_holds_more_permits_than_the_limit(int permits, int seconds, int seed)
    {
        var limit = new RateLimit(permits, TimeSpan.FromSeconds(seconds));
        var chance = new Random(seed);
        var used = new UsedInWindows(limit);
        var mostAtOnce = Math.Max(1, permits / 10);
        for (var step = 0; step < 600; step++)
        {
            var wanted = chance.Next(1, mostAtOnce + 1);
            if (await IsGrantedAsync(limit, wanted))
            {
                used.Note(Clock.GetUtcNow(), wanted);
            }

            // Bursts, then lulls, then bursts.
            Clock.Advance(limit.Window * chance.NextDouble() * (chance.Next(10) == 0 ? 1 : 0.01));
        }

        used.AssertKept();
        Assert.True(used.Total > permits, "the limit was reached, and again after its window");
    }

    [Theory]
    [InlineData(1, 60)]
    [InlineData(100, 60)]
    [InlineData(200, 1800)]
    [InlineData(600, 60)]
    [InlineData(1000, 10)]
    public async Task Of_a_rate_that_is_wanted_all_the_time_at_most_a_tenth_is_lost(int permits, int seconds)
    {
        const int Windows = 6;
        var limit = new RateLimit(permits, TimeSpan.FromSeconds(seconds));
        var used = new UsedInWindows(limit);
        var end = Clock.GetUtcNow() + (limit.Window * Windows);
        while (true)
        {
            var decision = await Limits.ReserveAsync([new RateDemand(Key(), limit)], Cancelled);
            var wait = (decision as RateDecision.NotBefore)?.Wait ?? TimeSpan.Zero;
            if (Clock.GetUtcNow() + wait >= end)
            {
                break;
            }

            if (decision is RateDecision.Granted)
            {
                used.Note(Clock.GetUtcNow(), 1);
            }

            // Whoever is granted one takes a moment to come for the next: more would fit than the limit allows.
            Clock.Advance(wait > TimeSpan.Zero ? wait : limit.Window / (permits * 10));
        }

        used.AssertKept();
        Assert.InRange(used.Total, (int)Math.Floor(permits * Windows * 0.9), permits * Windows);
    }

    [Fact]
    public async Task A_refusal_says_when_to_come_back_and_then_there_is_a_permit()
    {
        Assert.True(await IsGrantedAsync(PerMinute(2)));
        Clock.Advance(TimeSpan.FromSeconds(20));
        Assert.True(await IsGrantedAsync(PerMinute(2)));

        var wait = await RefusalAsync(PerMinute(2));
        Assert.InRange(wait, TimeSpan.FromSeconds(40), TimeSpan.FromSeconds(44));
        Clock.Advance(wait - TimeSpan.FromMilliseconds(1));
        Assert.InRange(await RefusalAsync(PerMinute(2)), TimeSpan.FromTicks(1), TimeSpan.FromMilliseconds(1));
        Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(await IsGrantedAsync(PerMinute(2)));
    }

    [Fact]
    public async Task Several_permits_are_taken_together_or_not_at_all()
    {
        Assert.True(await IsGrantedAsync(PerMinute(10), permits: 7));

        Assert.False(await IsGrantedAsync(PerMinute(10), permits: 4));

        Assert.True(await IsGrantedAsync(PerMinute(10), permits: 3));
        Assert.False(await IsGrantedAsync(PerMinute(10)));
    }

    [Fact]
    public async Task An_action_that_counts_in_several_limits_takes_of_all_or_of_none()
    {
        var (publish, all) = (new RateDemand(Key("publish"), PerMinute(3)), new RateDemand(Key("all"), PerMinute(1)));
        Assert.IsType<RateDecision.Granted>(await Limits.ReserveAsync([publish, all], Cancelled));

        for (var ask = 0; ask < 5; ask++)
        {
            var refusal = Assert.IsType<RateDecision.NotBefore>(await Limits.ReserveAsync([publish, all], Cancelled));
            Assert.Equal(all.Key, refusal.Key);
        }

        Assert.True(await IsGrantedAsync(publish.Limit, key: "publish"));
        Assert.True(await IsGrantedAsync(publish.Limit, key: "publish"));
        Assert.False(await IsGrantedAsync(publish.Limit, key: "publish"));
    }

    [Fact]
    public async Task Keys_and_installations_count_apart()
    {
        Assert.True(await IsGrantedAsync(PerMinute(1), key: "a"));
        Assert.False(await IsGrantedAsync(PerMinute(1), key: "a"));

        Assert.True(await IsGrantedAsync(PerMinute(1), key: "b"));
        var elsewhere = new RateDemand(new LimitKey(Guid.NewGuid(), "a"), PerMinute(1));
        Assert.IsType<RateDecision.Granted>(await Limits.ReserveAsync([elsewhere], Cancelled));
    }

    [Fact]
    public async Task A_raised_limit_is_in_force_at_once()
    {
        Assert.True(await IsGrantedAsync(PerMinute(1)));
        Assert.False(await IsGrantedAsync(PerMinute(1)));

        Assert.True(await IsGrantedAsync(PerMinute(2)));
    }

    [Fact]
    public async Task A_lowered_limit_counts_what_was_granted_before()
    {
        Assert.True(await IsGrantedAsync(PerMinute(10), permits: 5));

        Assert.False(await IsGrantedAsync(PerMinute(5)));
        Assert.True(await IsGrantedAsync(PerMinute(6)));
    }

    [Fact]
    public async Task Nothing_asked_for_is_granted() => Assert.IsType<RateDecision.Granted>(await Limits.ReserveAsync([], Cancelled));

    [Fact]
    public async Task What_can_never_be_granted_is_refused_as_wrong()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new RateDemand(Key(), PerMinute(5), 6));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RateDemand(Key(), PerMinute(5), 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => PerMinute(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RateLimit(1, TimeSpan.FromMilliseconds(999)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Key(new string('k', LimitKey.LongestName + 1)));
        Assert.Throws<ArgumentException>(() => Key(""));
        var twice = new RateDemand(Key(), PerMinute(5));
        await Assert.ThrowsAsync<ArgumentException>(async () => await Limits.ReserveAsync([twice, twice], Cancelled));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Limits.OpenSlotAsync(Key(), 0, "worker", Cancelled));
    }

    [Fact]
    public async Task Maintenance_forgets_what_no_longer_counts_and_nothing_else()
    {
        Assert.True(await IsGrantedAsync(PerMinute(1), key: new string('k', LimitKey.LongestName)));
        Clock.Advance(TimeSpan.FromSeconds(59));
        await Limits.MaintainAsync(Cancelled);
        Assert.False(await IsGrantedAsync(PerMinute(1), key: new string('k', LimitKey.LongestName)));

        Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.True(await Limits.MaintainAsync(Cancelled) > 0);
        Assert.True(await IsGrantedAsync(PerMinute(1), key: new string('k', LimitKey.LongestName)));
    }
}
