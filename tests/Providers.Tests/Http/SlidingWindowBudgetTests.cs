using PodEngine.Kit.Time;
using PodEngine.Providers.Http;

namespace PodEngine.Providers.Tests.Http;

public sealed class SlidingWindowBudgetTests
{
    private readonly ManualTimeProvider _time = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_window_of_the_limits_length_holds_more_requests_than_the_limit()
    {
        var budget = Budget(3, TimeSpan.FromSeconds(60));

        Assert.Equal(BudgetDecision.Granted, await budget.AcquireAsync("k", 1, Cancelled));
        _time.Advance(TimeSpan.FromSeconds(40));
        Assert.Equal(BudgetDecision.Granted, await budget.AcquireAsync("k", 2, Cancelled));

        Assert.Equal(TimeSpan.FromSeconds(20), (await budget.AcquireAsync("k", 1, Cancelled)).Wait);
        _time.Advance(TimeSpan.FromSeconds(20));
        Assert.True((await budget.AcquireAsync("k", 1, Cancelled)).IsGranted);
        Assert.Equal(TimeSpan.FromSeconds(40), (await budget.AcquireAsync("k", 1, Cancelled)).Wait);
    }

    [Fact]
    public async Task A_refused_request_takes_nothing_and_an_unknown_key_has_no_limit()
    {
        var budget = Budget(2, TimeSpan.FromSeconds(1));

        Assert.True((await budget.AcquireAsync("k", 1, Cancelled)).IsGranted);
        Assert.False((await budget.AcquireAsync("k", 2, Cancelled)).IsGranted);
        Assert.True((await budget.AcquireAsync("k", 1, Cancelled)).IsGranted);
        Assert.True((await budget.AcquireAsync("other", 1000, Cancelled)).IsGranted);
    }

    [Fact]
    public void The_documented_limits_are_Printifys() => Assert.Equal(
        [("printify", 600, 1.0), ("printify:catalog", 100, 1.0), ("printify:publish", 200, 30.0)],
        BudgetKeys.Documented.Select(limit => (limit.Key, limit.Value.Requests, limit.Value.Window.TotalMinutes)));

    private SlidingWindowBudget Budget(int requests, TimeSpan window) => new(new Dictionary<string, BudgetLimit> { ["k"] = new(requests, window) }, _time);
}
