namespace PodEngine.Providers.Http;

/// <summary>
/// Counts requests of this process in sliding windows: within no window of a limit's length are more requests granted than the limit says.
/// Stricter than a fixed window, because Printify does not say which of the two it keeps.
/// </summary>
/// <param name="limits">Limits by key; other keys are always granted.</param>
/// <param name="time">The clock.</param>
public sealed class SlidingWindowBudget(IReadOnlyDictionary<string, BudgetLimit> limits, TimeProvider time) : IRequestBudget
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Queue<long>> _granted = new(StringComparer.Ordinal);

    /// <inheritdoc />
    public ValueTask<BudgetDecision> AcquireAsync(string key, int cost, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(cost, 1);
        if (!limits.TryGetValue(key, out var limit))
        {
            return new(BudgetDecision.Granted);
        }

        ArgumentOutOfRangeException.ThrowIfGreaterThan(cost, limit.Requests);
        lock (_lock)
        {
            return new(Acquire(key, cost, limit));
        }
    }

    private BudgetDecision Acquire(string key, int cost, BudgetLimit limit)
    {
        if (!_granted.TryGetValue(key, out var granted))
        {
            _granted[key] = granted = new();
        }

        long now = time.GetTimestamp();
        while (granted.TryPeek(out long oldest) && time.GetElapsedTime(oldest, now) >= limit.Window)
        {
            granted.Dequeue();
        }

        int missing = granted.Count + cost - limit.Requests;
        if (missing > 0)
        {
            return new(limit.Window - time.GetElapsedTime(granted.ElementAt(missing - 1), now));
        }

        for (int i = 0; i < cost; i++)
        {
            granted.Enqueue(now);
        }

        return BudgetDecision.Granted;
    }
}
