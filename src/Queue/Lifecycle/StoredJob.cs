namespace PodEngine.Queue.Lifecycle;

/// <summary>A job as a store holds it.</summary>
internal sealed record StoredJob(JobFacts Facts, JobStanding Standing)
{
    public TimeSpan DeadlineRemaining => Remaining(Standing.Processed);

    /// <summary>True when the attempt in hand has used up what was left of the deadline.</summary>
    public bool IsOverdue(DateTimeOffset now) => Standing.ClaimedAt is { } since && now - since >= DeadlineRemaining;

    public ClaimedJob ToClaimedJob() => new()
    {
        Lease = new JobLease(Facts.Id, Standing.LeaseToken ?? throw new InvalidOperationException($"Job {Facts.Id} is not leased.")),
        Name = Facts.Name,
        Arguments = Facts.Arguments,
        Attempt = Standing.Attempts,
        MaxAttempts = Facts.Retry.MaxRetries + 1,
        DeadlineRemaining = DeadlineRemaining,
        Approval = Standing.Approval,
    };

    public JobRecord ToRecord() => new()
    {
        Id = Facts.Id,
        Sequence = Facts.Sequence,
        Queue = Facts.Queue,
        Name = Facts.Name,
        Arguments = Facts.Arguments,
        CreatedAt = Facts.CreatedAt,
        Generation = Standing.Generation,
        State = Standing.State,
        Priority = Standing.Priority,
        Attempts = Standing.Attempts,
        Rescues = Standing.Rescues,
        Worker = Standing.Worker,
        QueuedAt = Standing.QueuedAt,
        StartedAt = Standing.StartedAt,
        FinishedAt = Standing.FinishedAt,
        RunAt = Standing.State is JobState.Pending or JobState.Retrying ? Standing.RunAt : null,
        ApprovalExpiresAt = Standing.State is JobState.AwaitingApproval ? Standing.RunAt : null,
        CancelRequested = Standing.StopReason is not null,
        Progress = Standing.Progress,
        Failure = Standing.Failure,
        Reason = Standing.Reason,
        Result = Standing.Result,
    };

    private TimeSpan Remaining(TimeSpan processed) =>
        Facts.ActiveDeadline > processed ? Facts.ActiveDeadline - processed : TimeSpan.Zero;
}
