using System.Text.Json.Serialization.Metadata;
using PodEngine.Ledger;

namespace PodEngine.Pipeline.Purchases;

/// <summary>Something to buy once: what to record, how to call, how to find it again.</summary>
internal sealed record Purchase<T>
{
    public required PurchaseKey Key { get; init; }

    /// <summary>What is asked for, as JSON text; holds what the look-up needs.</summary>
    public required string Request { get; init; }

    /// <summary>Longest the call itself may be under way.</summary>
    public required TimeSpan CallDeadline { get; init; }

    public required Func<PurchaseCall, Task<Bought<T>>> Buy { get; init; }

    /// <summary>Finds what an unanswered call bought; null when the provider cannot be asked.</summary>
    public Func<PurchaseCall, Task<Bought<T>?>>? Find { get; init; }

    /// <summary>True when not being found proves that nothing was bought, so buying it is no repeat.</summary>
    public bool NotFoundProves { get; init; }

    public required JsonTypeInfo<T> Json { get; init; }
}
