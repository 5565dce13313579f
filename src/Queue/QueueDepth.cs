namespace PodEngine.Queue;

/// <summary>How busy a lane is.</summary>
/// <param name="Waiting">Jobs that could be claimed now.</param>
/// <param name="Scheduled">Jobs that wait for their time.</param>
/// <param name="Processing">Jobs held by workers.</param>
/// <param name="OldestWaitingSince">Since when the longest waiting claimable job waits; null for none.</param>
/// <param name="Workers">Workers heard of within the lease.</param>
public sealed record QueueDepth(int Waiting, int Scheduled, int Processing, DateTimeOffset? OldestWaitingSince, int Workers);
