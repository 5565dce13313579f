using PodEngine.Kubernetes.Objects;

namespace PodEngine.Kubernetes.Recording;

/// <summary>An event as it was recorded. Two that are equal are one event that happened twice.</summary>
internal sealed record RecordedEvent(ObjectReference Regarding, EventType Type, string Reason, string Action, string Note);
