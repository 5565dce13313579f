namespace PodEngine.Queue;

/// <summary>How an attempt ended, as its worker reports it. Exactly one outcome is accepted per lease.</summary>
public abstract record AttemptOutcome
{
    private AttemptOutcome()
    {
    }

    /// <summary>The job is done.</summary>
    /// <param name="Result">Result as JSON text; null for none.</param>
    public sealed record Completed(string? Result = null) : AttemptOutcome;

    /// <summary>The attempt failed. The retry policy decides what follows, unless <see cref="JobFailure.Retryable"/> is false.</summary>
    /// <param name="Failure">Why.</param>
    /// <param name="RetryAfter">Earliest next attempt as the provider asked; the policy's wait holds where it is longer. Null for the policy's wait.</param>
    /// <param name="Result">What was made all the same, as JSON text.</param>
    public sealed record Failed(JobFailure Failure, TimeSpan? RetryAfter = null, string? Result = null) : AttemptOutcome;

    /// <summary>Nothing is wrong with the job, but it cannot go on now (provider outage, budget used up). Counts no attempt.</summary>
    /// <param name="For">How long to wait.</param>
    /// <param name="Reason">Why, for people.</param>
    /// <param name="HoldKey">True when all jobs of the same <see cref="JobRequest.LimitKey"/> in the lane would meet the same: none is claimed until then.</param>
    public sealed record Snoozed(TimeSpan For, string Reason, bool HoldKey = false) : AttemptOutcome;

    /// <summary>The worker is stopping: the job goes back to its place in the queue. Counts neither attempt nor rescue.</summary>
    public sealed record HandedBack : AttemptOutcome;

    /// <summary>The job was asked to pause and has finished its step. Counts no attempt.</summary>
    public sealed record Suspended : AttemptOutcome;

    /// <summary>The job waits for a person. Counts no attempt.</summary>
    /// <param name="ExpiresAfter">Cancelled <c>ApprovalExpired</c> after this long.</param>
    public sealed record AwaitingApproval(TimeSpan ExpiresAfter) : AttemptOutcome;

    /// <summary>The job was asked to stop and has stopped.</summary>
    /// <param name="Reason">Code for people, for example <c>Cancelled</c>.</param>
    public sealed record Cancelled(string Reason) : AttemptOutcome;
}

/// <summary>Why an attempt failed: already redacted and fit to be shown.</summary>
/// <param name="Class">Who has to act, one word.</param>
/// <param name="Code">Stable code.</param>
/// <param name="Message">What happened and what to do, at most 1,024 characters.</param>
/// <param name="Retryable">False ends the job whatever its retry policy says.</param>
public sealed record JobFailure(string Class, string Code, string Message, bool Retryable);
