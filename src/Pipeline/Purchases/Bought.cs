using PodEngine.Ledger;

namespace PodEngine.Pipeline.Purchases;

/// <summary>What a purchase got.</summary>
/// <param name="Result">Recorded as JSON.</param>
/// <param name="Cost">What it cost.</param>
internal sealed record Bought<T>(T Result, PurchaseCost Cost = default);
