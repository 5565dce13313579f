namespace PodEngine.Queue;

/// <summary>
/// What somebody wants done: inserted once per <see cref="Id"/>, later applied again with a higher <see cref="Generation"/> to change what may change
/// (<see cref="Priority"/>, <see cref="Suspended"/>, <see cref="CancelRequested"/>, <see cref="RetryToken"/>, <see cref="Approval"/>). Arguments,
/// queue, retry policy and deadline are facts: they stay as first inserted.
/// </summary>
public sealed record JobRequest
{
    /// <summary>The job's identity; a second request with it is the same job.</summary>
    public required JobId Id { get; init; }

    /// <summary>The lane it waits in.</summary>
    public required QueueKey Queue { get; init; }

    /// <summary>
    /// A limit the whole job runs under (a provider's account, an endpoint, a tenant), at most 253 characters; null for none. While one job of it waits
    /// with <see cref="AttemptOutcome.Snoozed.HoldKey"/>, the lane's other jobs of it are not claimed, and those of other keys are not held up by them.
    /// </summary>
    public string? LimitKey { get; init; }

    /// <summary>Name for people, at most 253 characters; not unique.</summary>
    public required string Name { get; init; }

    /// <summary>Grows with every change of the request; a request with the same or a lower one changes nothing.</summary>
    public long Generation { get; init; } = 1;

    /// <summary>The worker's arguments as JSON text; opaque to the queue.</summary>
    public required string Arguments { get; init; }

    /// <summary>−1000…1000, higher first; default 0.</summary>
    public int Priority { get; init; }

    /// <summary>When failed attempts are tried again.</summary>
    public RetryPolicy Retry { get; init; } = new();

    /// <summary>Processing time over all attempts; waiting does not count. Default 1 hour.</summary>
    public TimeSpan ActiveDeadline { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Not claimed before this moment of the store's clock; null for at once.</summary>
    public DateTimeOffset? StartAfter { get; init; }

    /// <summary>Parks the job before its next step.</summary>
    public bool Suspended { get; init; }

    /// <summary>Ends the job; one-way.</summary>
    public bool CancelRequested { get; init; }

    /// <summary>Changing it after the end queues the job again once, recorded steps kept.</summary>
    public string? RetryToken { get; init; }

    /// <summary>The decision on a job that awaits approval; null for none yet.</summary>
    public ApprovalDecision? Approval { get; init; }
}

/// <summary>A person's decision on a job that awaits approval.</summary>
public enum ApprovalDecision
{
    /// <summary>Go on.</summary>
    Approved,

    /// <summary>End the job as cancelled, reason <c>Rejected</c>.</summary>
    Rejected,
}
