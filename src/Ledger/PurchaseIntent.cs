namespace PodEngine.Ledger;

/// <summary>A purchase about to be made.</summary>
public sealed record PurchaseIntent
{
    /// <summary>Which purchase.</summary>
    public required PurchaseKey Key { get; init; }

    /// <summary>What is asked for, as JSON text, for people and for the look-up after a lost answer (marker, prompt id…).</summary>
    public required string Request { get; init; }

    /// <summary>
    /// How long the call itself may still be under way after it was begun: its deadline plus a margin. Nobody looks the purchase up or repeats it
    /// earlier than this after it was begun, by the store's clock.
    /// </summary>
    public required TimeSpan Settles { get; init; }
}
