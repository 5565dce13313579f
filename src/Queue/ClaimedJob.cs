namespace PodEngine.Queue;

/// <summary>A job handed to a worker.</summary>
public sealed record ClaimedJob
{
    /// <summary>The right to work on it.</summary>
    public required JobLease Lease { get; init; }

    /// <summary>Name for people.</summary>
    public required string Name { get; init; }

    /// <summary>The arguments as first inserted.</summary>
    public required string Arguments { get; init; }

    /// <summary>Which attempt this is, from 1.</summary>
    public required int Attempt { get; init; }

    /// <summary>How many attempts are allowed, <see cref="RetryPolicy.MaxRetries"/> + 1.</summary>
    public required int MaxAttempts { get; init; }

    /// <summary>Processing time left of the job's deadline when it was claimed.</summary>
    public required TimeSpan DeadlineRemaining { get; init; }

    /// <summary>The decision of a person, once there is one.</summary>
    public ApprovalDecision? Approval { get; init; }
}
