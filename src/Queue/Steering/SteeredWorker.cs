namespace PodEngine.Queue.Steering;

/// <summary>A living worker, as whoever steers it sees it.</summary>
/// <param name="Id">Unique per process start.</param>
/// <param name="Host">Name of its host or pod.</param>
/// <param name="Jobs">Jobs it holds, 0 or more.</param>
/// <param name="IsAsked">Whether it is asked to stop claiming.</param>
/// <param name="HasAcknowledged">Whether it was asked before and says that it claims nothing.</param>
public sealed record SteeredWorker(string Id, string Host, int Jobs, bool IsAsked, bool HasAcknowledged);
