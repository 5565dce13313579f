namespace PodEngine.Ledger;

/// <summary>Everything recorded for a job.</summary>
public sealed record JobLedgerEntries
{
    /// <summary>Purchases by key.</summary>
    public required IReadOnlyDictionary<PurchaseKey, PurchaseRecord> Purchases { get; init; }

    /// <summary>Pictures by index, in order.</summary>
    public required IReadOnlyList<ImageRecord> Images { get; init; }

    /// <summary>Products, ordered by image index, product type and platform.</summary>
    public required IReadOnlyList<ProductRecord> Products { get; init; }

    /// <summary>The sum of all purchases.</summary>
    public PurchaseCost Cost => Purchases.Values.Aggregate(new PurchaseCost(), (sum, purchase) => sum + purchase.Cost);

    /// <summary>How many purchases were made again because their outcome was unknown.</summary>
    public int Repeated => Purchases.Values.Sum(purchase => purchase.Repeats);
}
