namespace PodEngine.Queue.Postgres.Claiming;

/// <summary>A worker asking for jobs.</summary>
internal sealed record ClaimRequest(QueueKey Queue, string WorkerId, int Limit);
