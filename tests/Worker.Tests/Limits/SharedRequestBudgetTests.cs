using PodEngine.Kit.Time;
using PodEngine.Providers.Http;
using PodEngine.Queue;
using PodEngine.Queue.InMemory;
using PodEngine.Queue.Limits;
using PodEngine.Worker.Limits;

namespace PodEngine.Worker.Tests.Limits;

public sealed class SharedRequestBudgetTests
{
    private static readonly Dictionary<string, BudgetLimit> OnePerMinute = new() { ["one"] = new(1, TimeSpan.FromMinutes(1)) };
    private readonly InMemorySharedLimits _limits = new(new InMemoryJobQueue(new ManualTimeProvider()));
    private readonly Guid _installation = Guid.NewGuid();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Workers_with_the_same_account_share_its_limit_and_others_do_not_meet()
    {
        var (first, second) = (Budget(), Budget());
        Assert.True((await first.AcquireAsync(new(["one"], "account"), Cancelled)).IsGranted);

        var refused = await second.AcquireAsync(new(["one"], "account"), Cancelled);

        Assert.Equal(TimeSpan.FromMinutes(1), refused.Wait);
        Assert.Contains("one/account", refused.Reason, StringComparison.Ordinal);
        Assert.True((await second.AcquireAsync(new(["one"], "other"), Cancelled)).IsGranted);
        Assert.True((await second.AcquireAsync(new(["unlimited"], "account", 1000), Cancelled)).IsGranted);
    }

    [Fact]
    public async Task While_the_store_is_away_nothing_is_granted_and_the_call_waits_a_little()
    {
        var budget = new SharedRequestBudget(new AwayLimits(), _installation, OnePerMinute);

        var decision = await budget.AcquireAsync(new(["one"], "account"), Cancelled);

        Assert.False(decision.IsGranted);
        Assert.True(decision.Wait < new ProviderLimits().LongestWait, "it is waited out within the call");
        Assert.Contains("away for a test", decision.Reason, StringComparison.Ordinal);
    }

    private SharedRequestBudget Budget() => new(_limits, _installation, OnePerMinute);

    private sealed class AwayLimits : ISharedLimits
    {
        public ValueTask<RateDecision> ReserveAsync(IReadOnlyList<RateDemand> demands, CancellationToken cancellationToken) => throw Away();

        public Task<SlotDecision> OpenSlotAsync(LimitKey key, int max, string workerId, CancellationToken cancellationToken) => throw Away();

        public Task CloseSlotAsync(LimitSlot slot, CancellationToken cancellationToken) => throw Away();

        public Task<int> MaintainAsync(CancellationToken cancellationToken) => throw Away();

        private static QueueUnavailableException Away() => new("The store is away for a test.");
    }
}
