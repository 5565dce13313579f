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

        Assert.Equal(BudgetDecision.Granted, await AskAsync(budget, 1));
        _time.Advance(TimeSpan.FromSeconds(40));
        Assert.Equal(BudgetDecision.Granted, await AskAsync(budget, 2));

        Assert.Equal(TimeSpan.FromSeconds(20), (await AskAsync(budget, 1)).Wait);
        _time.Advance(TimeSpan.FromSeconds(20));
        Assert.True((await AskAsync(budget, 1)).IsGranted);
        Assert.Equal(TimeSpan.FromSeconds(40), (await AskAsync(budget, 1)).Wait);
    }

    [Fact]
    public async Task A_refused_request_takes_nothing_and_an_unknown_key_has_no_limit()
    {
        var budget = Budget(2, TimeSpan.FromSeconds(1));

        Assert.True((await AskAsync(budget, 1)).IsGranted);
        Assert.False((await AskAsync(budget, 2)).IsGranted);
        Assert.True((await AskAsync(budget, 1)).IsGranted);
        Assert.True((await budget.AcquireAsync(new(["other"], "", 1000), Cancelled)).IsGranted);
    }

    [Fact]
    public void The_documented_limits_are_Printifys() => Assert.Equal(
        [("printify", 600, 1.0), ("printify:catalog", 100, 1.0), ("printify:publish", 200, 30.0)],
        BudgetKeys.Documented.Select(limit => (limit.Key, limit.Value.Requests, limit.Value.Window.TotalMinutes)));

    [Fact]
    public async Task A_request_that_counts_in_two_limits_takes_of_both_or_of_none()
    {
        var limits = new Dictionary<string, BudgetLimit> { ["publish"] = new(2, TimeSpan.FromMinutes(30)), ["all"] = new(1, TimeSpan.FromMinutes(1)) };
        var budget = new SlidingWindowBudget(limits, _time);
        var both = new BudgetRequest(["publish", "all"]);
        Assert.True((await budget.AcquireAsync(both, Cancelled)).IsGranted);

        var refused = await budget.AcquireAsync(both, Cancelled);

        Assert.Equal(TimeSpan.FromMinutes(1), refused.Wait);
        Assert.Contains("'all'", refused.Reason, StringComparison.Ordinal);
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.True((await budget.AcquireAsync(both, Cancelled)).IsGranted);
    }

    [Fact]
    public async Task Accounts_count_apart()
    {
        var budget = Budget(1, TimeSpan.FromSeconds(60));

        Assert.True((await budget.AcquireAsync(new(["k"], "one"), Cancelled)).IsGranted);
        Assert.True((await budget.AcquireAsync(new(["k"], "two"), Cancelled)).IsGranted);
        Assert.False((await budget.AcquireAsync(new(["k"], "one"), Cancelled)).IsGranted);
    }

    private static ValueTask<BudgetDecision> AskAsync(SlidingWindowBudget budget, int requests) => budget.AcquireAsync(new(["k"], "", requests), Cancelled);

    private SlidingWindowBudget Budget(int requests, TimeSpan window) => new(new Dictionary<string, BudgetLimit> { ["k"] = new(requests, window) }, _time);
}
