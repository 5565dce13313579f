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
    private readonly Dictionary<(string Key, string Account), Queue<long>> _granted = [];

    /// <inheritdoc />
    public ValueTask<BudgetDecision> AcquireAsync(BudgetRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentOutOfRangeException.ThrowIfLessThan(request.Requests, 1);
        var limited = request.Keys.Where(limits.ContainsKey).ToList();
        limited.ForEach(key => ArgumentOutOfRangeException.ThrowIfGreaterThan(request.Requests, limits[key].Requests));
        lock (_lock)
        {
            return new(Acquire(request, limited));
        }
    }

    private BudgetDecision Acquire(BudgetRequest request, List<string> limited)
    {
        long now = time.GetTimestamp();
        var longest = BudgetDecision.Granted;
        foreach (string key in limited)
        {
            var wait = WaitFor(Granted(key, request.Account), request.Requests, limits[key], now);
            if (wait > longest.Wait)
            {
                longest = BudgetDecision.UsedUp(key, wait);
            }
        }

        if (longest.IsGranted)
        {
            foreach (var granted in limited.Select(key => Granted(key, request.Account)))
            {
                for (int i = 0; i < request.Requests; i++)
                {
                    granted.Enqueue(now);
                }
            }
        }

        return longest;
    }

    private TimeSpan WaitFor(Queue<long> granted, int requests, BudgetLimit limit, long now)
    {
        while (granted.TryPeek(out long oldest) && time.GetElapsedTime(oldest, now) >= limit.Window)
        {
            granted.Dequeue();
        }

        int missing = granted.Count + requests - limit.Requests;
        return missing > 0 ? limit.Window - time.GetElapsedTime(granted.ElementAt(missing - 1), now) : TimeSpan.Zero;
    }

    private Queue<long> Granted(string key, string account) =>
        _granted.TryGetValue((key, account), out var granted) ? granted : _granted[(key, account)] = new();
}
