namespace PodEngine.Queue.Lifecycle;

/// <summary>What the beginning and the end of an attempt do to a job.</summary>
internal static class AttemptRules
{
    /// <summary>The store checked that the job is queued and drew the token. PostgreSQL does the same in one statement (<c>claim.sql</c>).</summary>
    public static JobStanding Claim(JobStanding job, string worker, long token, DateTimeOffset now) => job with
    {
        State = JobState.Processing,
        Attempts = job.Attempts + 1,
        Worker = worker,
        StartedAt = job.StartedAt ?? now,
        ClaimedAt = now,
        LeaseToken = token,
        Reason = null,
    };

    /// <summary>
    /// The outcome of the attempt in hand. Work that is done counts as done; otherwise a request to stop goes before the deadline, and the deadline
    /// before what the worker asks for.
    /// </summary>
    /// <param name="job">The job, held by the attempt that reports.</param>
    /// <param name="outcome">The worker's report.</param>
    /// <param name="now">The store's clock.</param>
    /// <param name="jitter">A random number from 0 to 1, which spreads retries.</param>
    public static JobStanding Finish(StoredJob job, AttemptOutcome outcome, DateTimeOffset now, double jitter)
    {
        var released = Release(job.Standing, now);
        return outcome switch
        {
            AttemptOutcome.Completed completed => Complete(released, completed, now),
            AttemptOutcome.Failed { Failure.Retryable: false } failed when released.StopReason is null => Fail(released, failed, now),
            _ when released.StopReason is { } reason => WaitingRules.End(released, JobState.Cancelled, now, reason),
            _ when job.IsOverdue(now) => ExceedDeadline(job.Facts, released, now),
            AttemptOutcome.Failed failed => RetryOrFail(job.Facts, released, failed, now, jitter),
            AttemptOutcome.Cancelled cancelled => WaitingRules.End(released, JobState.Cancelled, now, cancelled.Reason),
            AttemptOutcome.AwaitingApproval approval => AwaitApproval(Uncounted(released), approval, now),
            AttemptOutcome.Snoozed snoozed => WaitingRules.Queue(Uncounted(released), now + snoozed.For, now, snoozed.Reason),
            AttemptOutcome.HandedBack or AttemptOutcome.Suspended => WaitingRules.Queue(Uncounted(released), released.RunAt, now),
            _ => throw new ArgumentException($"Unknown outcome {outcome.GetType().Name}.", nameof(outcome)),
        };
    }

    /// <summary>The worker fell silent: the job goes back to its place, unless that happened too often or it was to stop anyway.</summary>
    /// <param name="job">The job, held by the silent worker.</param>
    /// <param name="lastSeen">When the worker was last heard of: processing time counts up to here.</param>
    /// <param name="now">The store's clock.</param>
    /// <param name="maxRescues">See <see cref="QueueTimings.MaxRescues"/>.</param>
    public static JobStanding Rescue(StoredJob job, DateTimeOffset lastSeen, DateTimeOffset now, int maxRescues)
    {
        var released = Uncounted(Release(job.Standing, lastSeen));
        return released switch
        {
            { StopReason: { } reason } => WaitingRules.End(released, JobState.Cancelled, now, reason),
            _ when released.Processed >= job.Facts.ActiveDeadline => ExceedDeadline(job.Facts, released, now),
            _ when released.Rescues >= maxRescues => LoseRepeatedly(released, now),
            _ => WaitingRules.Queue(released with { Rescues = released.Rescues + 1 }, released.RunAt, now),
        };
    }

    private static JobStanding Release(JobStanding job, DateTimeOffset until)
    {
        var worked = job.ClaimedAt is { } since && until > since ? until - since : TimeSpan.Zero;
        return job with { LeaseToken = null, ClaimedAt = null, Processed = job.Processed + worked };
    }

    private static JobStanding Uncounted(JobStanding job) => job with { Attempts = Math.Max(0, job.Attempts - 1) };

    private static JobStanding Complete(JobStanding job, AttemptOutcome.Completed completed, DateTimeOffset now) =>
        WaitingRules.End(job with { Result = completed.Result, Failure = null }, JobState.Completed, now);

    private static JobStanding Fail(JobStanding job, AttemptOutcome.Failed failed, DateTimeOffset now) =>
        WaitingRules.End(job with { Failure = failed.Failure, Result = failed.Result }, JobState.Failed, now);

    private static JobStanding RetryOrFail(JobFacts facts, JobStanding job, AttemptOutcome.Failed failed, DateTimeOffset now, double jitter)
    {
        if (job.Attempts > facts.Retry.MaxRetries)
        {
            return Fail(job, failed, now);
        }

        var wait = RetryDelay.For(facts.Retry, job.Attempts, failed.RetryAfter, jitter);
        return WaitingRules.Queue(job with { Failure = failed.Failure, Result = failed.Result }, now + wait, now);
    }

    private static JobStanding AwaitApproval(JobStanding job, AttemptOutcome.AwaitingApproval approval, DateTimeOffset now) => job.Approval switch
    {
        ApprovalDecision.Approved => WaitingRules.Queue(job, job.RunAt, now),
        ApprovalDecision.Rejected => WaitingRules.End(job, JobState.Cancelled, now, WaitingRules.RejectedReason),
        _ => job with { State = JobState.AwaitingApproval, RunAt = now + approval.ExpiresAfter, QueuedAt = now, Reason = null },
    };

    private static JobStanding ExceedDeadline(JobFacts facts, JobStanding job, DateTimeOffset now)
    {
        var message = $"The job used up its {facts.ActiveDeadline.TotalSeconds:0} s of processing time. Raise activeDeadlineSeconds or ask for less.";
        return WaitingRules.End(job with { Failure = new JobFailure("Timeout", "DeadlineExceeded", message, Retryable: false) }, JobState.Failed, now);
    }

    private static JobStanding LoseRepeatedly(JobStanding job, DateTimeOffset now)
    {
        var message = $"The job's worker was lost {job.Rescues + 1} times, last {job.Worker}. Look for what kills it: memory limit, node, image.";
        return WaitingRules.End(job with { Failure = new JobFailure("Engine", "WorkerLostRepeatedly", message, Retryable: false) }, JobState.Failed, now);
    }
}
