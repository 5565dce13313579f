namespace PodEngine.Queue.Steering;

/// <summary>The living workers of a queue, from one snapshot.</summary>
/// <param name="Workers">By id.</param>
public sealed record DrainReport(IReadOnlyList<SteeredWorker> Workers);
