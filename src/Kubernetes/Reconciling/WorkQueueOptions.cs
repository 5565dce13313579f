namespace PodEngine.Kubernetes.Reconciling;

/// <summary>How a work queue repeats, and how fast it hands out.</summary>
public sealed class WorkQueueOptions
{
    /// <summary>Wait after a key's first failure; 5 ms by default, then doubling.</summary>
    public TimeSpan FirstBackoff { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>Longest wait after a failure; 5 min by default. A key is never given up.</summary>
    public TimeSpan LongestBackoff { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Shortest time between two starts of the same key; none by default. Keeps one busy object from taking more than its share.
    /// </summary>
    public TimeSpan KeyInterval { get; init; }

    /// <summary>
    /// Starts per second of all keys together, once <see cref="Burst"/> is used up; 0, the default, for no limit. Bounds what a hot loop,
    /// whatever its cause, costs the API server and everything behind it.
    /// </summary>
    public double StartsPerSecond { get; init; }

    /// <summary>Starts that may follow one another without a wait; 100 by default, as in controller-runtime. Fills up again while little is started.</summary>
    public int Burst { get; init; } = 100;
}
