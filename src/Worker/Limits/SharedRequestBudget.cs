using PodEngine.Providers.Http;
using PodEngine.Queue;
using PodEngine.Queue.Limits;

namespace PodEngine.Worker.Limits;

/// <summary>
/// The providers' rate limits, kept by all workers of an installation together. A limit belongs to an account: workers of any pool and namespace that use
/// the same key at the same address share it, others do not meet.
/// <para>While the store is away, and this process has no permits left in stock, nothing is granted: not known is not free.</para>
/// </summary>
/// <param name="limits">Where grants are kept.</param>
/// <param name="installationId">The installation.</param>
/// <param name="budgets">The numbers by key, such as <see cref="BudgetKeys.Documented"/>; other keys are always granted.</param>
public sealed class SharedRequestBudget(ISharedLimits limits, Guid installationId, IReadOnlyDictionary<string, BudgetLimit> budgets) : IRequestBudget
{
    /// <summary>Short enough to be waited out within a call to a provider, so that a short outage ends no attempt.</summary>
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(1);

    /// <inheritdoc />
    public async ValueTask<BudgetDecision> AcquireAsync(BudgetRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var demands = request.Keys.Where(budgets.ContainsKey).Select(key => Demand(key, request)).ToList();
        try
        {
            return await limits.ReserveAsync(demands, cancellationToken) is RateDecision.NotBefore refusal
                ? BudgetDecision.UsedUp(refusal.Key.Name, refusal.Wait)
                : BudgetDecision.Granted;
        }
        catch (QueueUnavailableException away)
        {
            return new BudgetDecision(AskAgainAfter, $"The budget cannot be asked for: {away.Message}");
        }
    }

    private RateDemand Demand(string key, BudgetRequest request)
    {
        var budget = budgets[key];
        var name = request.Account.Length == 0 ? key : $"{key}/{request.Account}";
        return new RateDemand(new LimitKey(installationId, name), new RateLimit(budget.Requests, budget.Window), request.Requests);
    }
}
