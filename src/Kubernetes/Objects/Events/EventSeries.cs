using System.Text.Json.Serialization;

namespace PodEngine.Kubernetes.Objects.Events;

/// <summary>Repetitions of an event.</summary>
public sealed record EventSeries
{
    /// <summary>Occurrences so far.</summary>
    public required int Count { get; init; }

    /// <summary>The last of them.</summary>
    [JsonConverter(typeof(MicroTimeConverter))]
    public DateTimeOffset LastObservedTime { get; init; }
}
