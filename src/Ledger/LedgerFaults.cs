namespace PodEngine.Ledger;

/// <summary>Refuses what no ledger could keep.</summary>
internal static class LedgerFaults
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
        if (line.Level is not ("info" or "warning" or "error"))
        {
            throw new ArgumentException($"A log line's level is info, warning or error, not '{line.Level}'.", nameof(line));
        }
    }

    public static void ThrowIfAny(ImageRecord image)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentOutOfRangeException.ThrowIfNegative(image.Index, nameof(image));
        if (image.Sha256 is { } hash && (hash.Length != 64 || hash.Any(digit => !char.IsAsciiHexDigitLower(digit))))
        {
            throw new ArgumentException($"A picture's sha-256 is 64 lower-case hexadecimal digits, not '{hash}'.", nameof(image));
        }
    }

    public static InvalidOperationException NotBegun(PurchaseKey key) =>
        new($"Purchase {key} is not begun, or already settled: begin it before anything else is recorded of it.");
}
