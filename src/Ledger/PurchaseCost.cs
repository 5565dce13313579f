namespace PodEngine.Ledger;

/// <summary>What something cost.</summary>
/// <param name="GpuMillis">Milliseconds of GPU time.</param>
/// <param name="UsdMicros">Millionths of a US dollar.</param>
public readonly record struct PurchaseCost(long GpuMillis, long UsdMicros)
{
    /// <summary>The sum.</summary>
    public static PurchaseCost operator +(PurchaseCost left, PurchaseCost right) => left.Add(right);

    /// <summary>The sum.</summary>
    public PurchaseCost Add(PurchaseCost other) => new(GpuMillis + other.GpuMillis, UsdMicros + other.UsdMicros);
}
