namespace PodEngine.Kubernetes.Recording;

/// <summary>How often an event happened while it waited to be written.</summary>
/// <param name="Count">How often; at least once.</param>
/// <param name="First">The first time, by the wall clock.</param>
/// <param name="Last">The last time, by the wall clock.</param>
internal readonly record struct Occurrences(int Count, DateTimeOffset First, DateTimeOffset Last);
