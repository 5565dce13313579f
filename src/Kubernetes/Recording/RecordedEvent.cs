using PodEngine.Kubernetes.Objects;

namespace PodEngine.Kubernetes.Recording;

/// <summary>An event as it was recorded. Two that are equal are one event that happened twice.</summary>
internal sealed record RecordedEvent(ObjectReference Regarding, EventType Type, string Reason, string Action, string Note)
{
    /// <summary>The object it is about.</summary>
    public string Target => Regarding.Uid ?? $"{Regarding.Kind} {Regarding.Namespace}/{Regarding.Name}";

    /// <summary>What all events of this object for this reason have in common.</summary>
    public RecordedEvent WithoutNote => this with { Note = "" };
}
