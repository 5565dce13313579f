namespace PodEngine.Kubernetes.Recording;

/// <summary>An event that was written and may happen again; belongs to its writer's loop.</summary>
internal sealed class EventSeriesState
{
    /// <summary>The event as it was written. Others of its reason may be counted here too; see <see cref="EventWriter"/>.</summary>
    public required RecordedEvent Written { get; init; }

    /// <summary>The written event's name.</summary>
    public required string Name { get; init; }

    /// <summary>Occurrences so far.</summary>
    public required int Count { get; set; }

    /// <summary>Occurrences the API server knows of.</summary>
    public required int WrittenCount { get; set; }

    /// <summary>The last occurrence, by the wall clock.</summary>
    public required DateTimeOffset LastObserved { get; set; }

    /// <summary>The last occurrence, by monotonic time.</summary>
    public required TimeSpan LastObservedAt { get; set; }

    /// <summary>The last write, by monotonic time.</summary>
    public required TimeSpan WrittenAt { get; set; }
}
