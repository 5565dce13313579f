namespace PodEngine.Queue.Limits;

/// <summary>So many permits within any window of that length.</summary>
/// <param name="Permits">1–1,000,000.</param>
/// <param name="Window">1 second to 7 days.</param>
public sealed record RateLimit(int Permits, TimeSpan Window)
{
    /// <summary>Most permits of a limit.</summary>
    public const int MostPermits = 1_000_000;

    /// <summary>Shortest window: below it the way to the store takes too large a part of the window.</summary>
    public static readonly TimeSpan ShortestWindow = TimeSpan.FromSeconds(1);

    /// <summary>Longest window.</summary>
    public static readonly TimeSpan LongestWindow = TimeSpan.FromDays(7);

    /// <summary>1–1,000,000.</summary>
    public int Permits { get; } = Permits is >= 1 and <= MostPermits
        ? Permits
        : throw new ArgumentOutOfRangeException(nameof(Permits), Permits, $"A rate limit has 1 to {MostPermits} permits.");

    /// <summary>1 second to 7 days.</summary>
    public TimeSpan Window { get; } = Window >= ShortestWindow && Window <= LongestWindow
        ? Window
        : throw new ArgumentOutOfRangeException(nameof(Window), Window, "The window of a rate limit is 1 second to 7 days long.");
}
