namespace PodEngine.Queue.Bench.Measuring;

/// <summary>What is said of many durations, in milliseconds.</summary>
/// <param name="Samples">How many there were.</param>
/// <param name="P50Ms">The median.</param>
/// <param name="P99Ms">All but one in a hundred are no longer.</param>
/// <param name="MaxMs">The longest.</param>
internal sealed record Distribution(int Samples, double P50Ms, double P99Ms, double MaxMs)
{
    /// <summary>Of durations in microseconds, in any order.</summary>
    public static Distribution OfMicros(IEnumerable<long> micros)
    {
        var sorted = micros.Order().ToList();
        return new Distribution(sorted.Count, Rank(sorted, 0.5), Rank(sorted, 0.99), Rank(sorted, 1));
    }

    /// <summary>The middle of a few numbers, the mean of the middle two of an even count; 0 of none.</summary>
    public static double Median(IEnumerable<double> numbers)
    {
        var sorted = numbers.Order().ToList();
        return sorted.Count == 0 ? 0 : (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    private static double Rank(List<long> sorted, double share) =>
        sorted.Count == 0 ? 0 : Math.Round(sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Count) - 1, 0, sorted.Count - 1)] / 1000.0, 2);
}
