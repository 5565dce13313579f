using PodEngine.Queue.Lifecycle;

namespace PodEngine.Queue.Postgres.Standing;

/// <summary>A change of one job, and what it means for the tables.</summary>
/// <param name="Before">What the tables say; null for a job just inserted.</param>
/// <param name="After">What they shall say.</param>
internal sealed record JobChange(JobStanding? Before, StoredJob After)
{
    public bool LeavesReady => Before is { State: JobState.Queued } && !StaysReady;

    public bool EntersReady => After.Standing.State is JobState.Queued && !StaysReady;

    public bool LeavesDeferred => Before is { IsDeferred: true } && !After.Standing.IsDeferred;

    public bool LeavesLease => Before?.LeaseToken is not null && After.Standing.LeaseToken is null;

    /// <summary>False for a new job whose facts say everything.</summary>
    public bool NeedsRow => Before is not null || After.Standing != JobStanding.Fresh(After.Facts);

    private bool StaysReady =>
        Before is { State: JobState.Queued } && After.Standing.State is JobState.Queued && Before.ClaimKey == After.Standing.ClaimKey;
}
