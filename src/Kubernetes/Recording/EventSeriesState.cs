namespace PodEngine.Kubernetes.Recording;

/// <summary>An event that was written and may happen again; belongs to the recorder's loop.</summary>
internal sealed class EventSeriesState
{
    /// <summary>The written event's name.</summary>
    public required string Name { get; init; }

    /// <summary>Occurrences so far.</summary>
    public int Count { get; set; } = 1;

    /// <summary>Occurrences the API server knows of.</summary>
    public int WrittenCount { get; set; } = 1;

    /// <summary>The last occurrence, by the wall clock.</summary>
    public DateTimeOffset LastObserved { get; set; }

    /// <summary>The last occurrence, by monotonic time.</summary>
    public TimeSpan LastObservedAt { get; set; }

    /// <summary>The last write, by monotonic time.</summary>
    public TimeSpan WrittenAt { get; set; }
}
