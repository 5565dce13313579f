namespace PodEngine.Resources.WorkerPools;

/// <summary>How long a pool's queue is, in buckets, so that it seldom changes.</summary>
public sealed record QueueSummary
{
    /// <summary>Jobs waiting.</summary>
    public string? Pending { get; init; }

    /// <summary>Jobs at work.</summary>
    public string? Processing { get; init; }

    /// <summary>Since when the oldest waiting job waits.</summary>
    public DateTimeOffset? OldestPendingTime { get; init; }

    /// <summary>The bucket of a number of jobs: <c>0</c>, <c>1-9</c>, <c>10-99</c>, <c>100-999</c> or <c>1000+</c>.</summary>
    public static string Bucket(int jobs) => jobs switch
    {
        <= 0 => "0",
        < 10 => "1-9",
        < 100 => "10-99",
        < 1000 => "100-999",
        _ => "1000+",
    };
}
