using System.Collections.Immutable;

namespace PodEngine.Queue.Tests.Model;

/// <summary>One row per claimed batch.</summary>
/// <param name="Token">Drawn by the claim, shared by the batch's jobs.</param>
/// <param name="Worker">The process it was given to; <see cref="Nobody"/> once that process is dead.</param>
/// <param name="Jobs">The batch's jobs that are still open. The row goes with the last of them.</param>
internal sealed record ModelLease(long Token, int Worker, ImmutableArray<int> Jobs)
{
    public const int Nobody = -1;
}
