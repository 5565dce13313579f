using PodEngine.Ledger;

namespace PodEngine.Pipeline.Purchases;

/// <summary>One call of a purchase, or one look for it.</summary>
internal sealed record PurchaseCall
{
    /// <summary>What the ledger knows of it.</summary>
    public required PurchaseRecord Record { get; init; }

    /// <summary>The provider's id of the work in flight, as attached by this call or by the one that is looked for; null while there is none.</summary>
    public string? RemoteId { get; init; }

    /// <summary>Records the provider's id of the work in flight.</summary>
    public required Func<string, Task> AttachAsync { get; init; }

    /// <summary>For short calls: cancelled a moment after the attempt was stopped, so that an answer on its way is still recorded.</summary>
    public required CancellationToken Effect { get; init; }

    /// <summary>For waits: cancelled as soon as the attempt is stopped.</summary>
    public required CancellationToken Stopping { get; init; }
}
