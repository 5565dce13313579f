namespace PodEngine.Ledger;

/// <summary>Refuses what no ledger could keep.</summary>
internal static class PurchaseFaults
{
    public static void ThrowIfAny(PurchaseIntent intent)
    {
        ArgumentNullException.ThrowIfNull(intent);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(intent.Key.Item.Length, 200, nameof(intent));
        ArgumentOutOfRangeException.ThrowIfLessThan(intent.Settles, TimeSpan.Zero, nameof(intent));
    }

    public static void ThrowIfAny(LogLine line)
    {
        ArgumentNullException.ThrowIfNull(line);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(line.Message.Length, 4096, nameof(line));
    }

    public static InvalidOperationException NotBegun(PurchaseKey key) =>
        new($"Purchase {key} is not begun, or already settled: begin it before anything else is recorded of it.");
}
