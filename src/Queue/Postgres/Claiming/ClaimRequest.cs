namespace PodEngine.Queue.Postgres.Claiming;

/// <summary>A worker asking for jobs.</summary>
/// <param name="Queue">Where from.</param>
/// <param name="WorkerId">Who.</param>
/// <param name="Room">How many; asked when the claim is sent.</param>
internal sealed record ClaimRequest(QueueKey Queue, string WorkerId, Func<int> Room);
