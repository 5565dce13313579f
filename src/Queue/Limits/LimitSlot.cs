namespace PodEngine.Queue.Limits;

/// <summary>One of the things that go on at a time under a concurrency limit.</summary>
/// <param name="Id">Never used twice.</param>
/// <param name="Key">The limit.</param>
/// <param name="WorkerId">The worker it belongs to, and with which it ends.</param>
public sealed record LimitSlot(Guid Id, LimitKey Key, string WorkerId);
