namespace PodEngine.Providers.Http;

/// <summary>
/// Rate limits of the providers' accounts. The default counts in this process alone; the worker puts the queue's limits behind it, so that
/// all workers together stay within.
/// </summary>
public interface IRequestBudget
{
    /// <summary>Asks to send <paramref name="cost"/> requests now. Nothing is taken when it is not granted.</summary>
    /// <param name="key">Which limit, see <see cref="BudgetKeys"/>; a key without a limit is always granted.</param>
    /// <param name="cost">Number of requests, at least 1.</param>
    /// <param name="cancellationToken">Stops the asking.</param>
    ValueTask<BudgetDecision> AcquireAsync(string key, int cost, CancellationToken cancellationToken);
}

/// <summary>Granted, or how long to wait before asking again.</summary>
/// <param name="Wait">Zero when granted.</param>
public readonly record struct BudgetDecision(TimeSpan Wait)
{
    /// <summary>Go ahead.</summary>
    public static BudgetDecision Granted => default;

    /// <summary>True when the request may be sent now.</summary>
    public bool IsGranted => Wait <= TimeSpan.Zero;
}
