namespace PodEngine.Queue.Lifecycle;

/// <summary>What a request does to a job. Returns the same object when nothing changes.</summary>
internal static class RequestRules
{
    /// <summary>The standing of a job never seen before.</summary>
    public static JobStanding Admit(JobRequest request, DateTimeOffset now)
    {
        var fresh = new JobStanding
        {
            State = JobState.Queued,
            Generation = request.Generation,
            Priority = request.Priority,
            QueuedAt = now,
            RunAt = request.StartAfter ?? now,
            Suspended = request.Suspended,
            RetryToken = request.RetryToken,
            Approval = request.Approval,
        };
        return request.CancelRequested
            ? WaitingRules.End(fresh, JobState.Cancelled, now, WaitingRules.CancelledReason)
            : WaitingRules.Queue(fresh, Latest(fresh.RunAt, now), now);
    }

    /// <summary>Applies what may change, if the request is newer than what is known.</summary>
    public static JobStanding Apply(StoredJob job, JobRequest request, DateTimeOffset now)
    {
        var known = job.Standing;
        if (request.Generation <= known.Generation)
        {
            return known;
        }

        var changed = known with
        {
            Generation = request.Generation,
            Priority = request.Priority,
            Suspended = request.Suspended,
            RetryToken = request.RetryToken,
            Approval = known.Approval ?? request.Approval,
        };
        if (request.CancelRequested)
        {
            return Cancel(changed, WaitingRules.CancelledReason, now);
        }

        if (known.IsFinished)
        {
            var again = request.RetryToken is not null && request.RetryToken != known.RetryToken;
            return again ? WaitingRules.Queue(Reborn(changed), now, now) : changed;
        }

        return Settle(changed, now);
    }

    /// <summary>Ends a waiting job at once; asks the worker of a running one to stop. An ended job stays as it is.</summary>
    public static JobStanding Cancel(JobStanding job, string reason, DateTimeOffset now) => job switch
    {
        { IsFinished: true } => job,
        { State: JobState.Processing, StopReason: not null } => job,
        { State: JobState.Processing } => job with { StopReason = reason },
        _ => WaitingRules.End(job, JobState.Cancelled, now, reason),
    };

    /// <summary>Moves a job that nobody holds to where its changed wishes put it.</summary>
    private static JobStanding Settle(JobStanding job, DateTimeOffset now) => job.State switch
    {
        JobState.AwaitingApproval when job.Approval is ApprovalDecision.Rejected =>
            WaitingRules.End(job, JobState.Cancelled, now, WaitingRules.RejectedReason),
        JobState.AwaitingApproval when job.Approval is ApprovalDecision.Approved => WaitingRules.Queue(job, now, now),
        JobState.Suspended when !job.Suspended => WaitingRules.Queue(job, Latest(job.RunAt, now), now),
        JobState.Queued or JobState.Pending or JobState.Retrying when job.Suspended => WaitingRules.Park(job, now),
        _ => job,
    };

    /// <summary>A new life after the end: recorded steps live in the ledger and are kept, counts start again.</summary>
    private static JobStanding Reborn(JobStanding job) => job with
    {
        Attempts = 0,
        Rescues = 0,
        Processed = TimeSpan.Zero,
        StartedAt = null,
        FinishedAt = null,
        StopReason = null,
        Progress = null,
        Failure = null,
        Reason = null,
        Result = null,
    };

    private static DateTimeOffset Latest(DateTimeOffset left, DateTimeOffset right) => left > right ? left : right;
}
