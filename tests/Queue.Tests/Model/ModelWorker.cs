using System.Collections.Immutable;

namespace PodEngine.Queue.Tests.Model;

/// <summary>A worker process. One that takes no steps is frozen: every point is a point to freeze at.</summary>
/// <param name="Heard">True while the store has heard of it within the lease length.</param>
/// <param name="Held">What it believes to hold, as job and token.</param>
internal sealed record ModelWorker(bool Heard, ImmutableArray<(int Job, long Token)> Held);
