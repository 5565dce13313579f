namespace PodEngine.Kubernetes.Reconciling;

/// <summary>How a work queue repeats.</summary>
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
}
