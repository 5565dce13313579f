namespace PodEngine.Queue.Lifecycle;

/// <summary>Where a job that nobody holds waits, and what happens when its time comes.</summary>
internal static class WaitingRules
{
    public const string CancelledReason = "Cancelled";
    public const string RejectedReason = "Rejected";
    public const string ApprovalExpiredReason = "ApprovalExpired";

    /// <summary>Claimable at <paramref name="runAt"/>: now, later, or not before it is resumed.</summary>
    public static JobStanding Queue(JobStanding job, DateTimeOffset runAt, DateTimeOffset now, string? reason = null)
    {
        var waiting = job with { RunAt = runAt, QueuedAt = now, Reason = reason };
        return (job.Suspended, runAt > now) switch
        {
            (true, _) => waiting with { State = JobState.Suspended },
            (false, false) => waiting with { State = JobState.Queued, Reason = null },
            _ => waiting with { State = job.StartedAt is null ? JobState.Pending : JobState.Retrying },
        };
    }

    /// <summary>Parked; its due time is remembered for when it is resumed.</summary>
    public static JobStanding Park(JobStanding job, DateTimeOffset now) => Queue(job with { Suspended = true }, job.RunAt, now);

    /// <summary>The time a deferred job waited for has come. Harmless for any other job.</summary>
    public static JobStanding FallDue(JobStanding job, DateTimeOffset now) => job switch
    {
        { IsDeferred: false } => job,
        _ when job.RunAt > now => job,
        { State: JobState.AwaitingApproval } => End(job, JobState.Cancelled, now, ApprovalExpiredReason),
        _ => Queue(job, job.RunAt, now),
    };

    /// <summary>The end of a job that nobody holds (any more).</summary>
    public static JobStanding End(JobStanding job, JobState state, DateTimeOffset now, string? reason = null) => job with
    {
        State = state,
        FinishedAt = now,
        StopReason = null,
        Reason = reason,
    };
}
