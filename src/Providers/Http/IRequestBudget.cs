namespace PodEngine.Providers.Http;

/// <summary>
/// Rate limits of the providers' accounts. The default counts in this process alone; the worker puts the queue's limits behind it, so that
/// all workers together stay within.
/// </summary>
public interface IRequestBudget
{
    /// <summary>Asks to send requests now. When one of the limits refuses, nothing is taken of any.</summary>
    /// <param name="request">What is to be sent.</param>
    /// <param name="cancellationToken">Stops the asking.</param>
    ValueTask<BudgetDecision> AcquireAsync(BudgetRequest request, CancellationToken cancellationToken);
}

/// <summary>Requests that count in rate limits.</summary>
/// <param name="Keys">The limits, see <see cref="BudgetKeys"/>, the narrowest first; a key without a limit is always granted.</param>
/// <param name="Account">Whose limits: the fingerprint of <see cref="ProviderAccount"/>; empty where a provider has but one account.</param>
/// <param name="Requests">Number of requests, at least 1.</param>
public sealed record BudgetRequest(IReadOnlyList<string> Keys, string Account = "", int Requests = 1);

/// <summary>Granted, or how long to wait before asking again.</summary>
/// <param name="Wait">Zero when granted.</param>
/// <param name="Reason">Why to wait, for people; null when granted.</param>
public readonly record struct BudgetDecision(TimeSpan Wait, string? Reason = null)
{
    /// <summary>Go ahead.</summary>
    public static BudgetDecision Granted => default;

    /// <summary>True when the requests may be sent now.</summary>
    public bool IsGranted => Wait <= TimeSpan.Zero;

    /// <summary>A limit is used up for so long.</summary>
    /// <param name="key">The limit.</param>
    /// <param name="wait">How long, more than zero.</param>
    public static BudgetDecision UsedUp(string key, TimeSpan wait) => new(wait, $"The budget '{key}' is used up for now.");
}
