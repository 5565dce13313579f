namespace PodEngine.Queue.Lifecycle;

/// <summary>
/// Everything about a job that changes. Where a job is kept follows from it alone: claimable rows for <see cref="JobState.Queued"/>, a due time for
/// <see cref="JobState.Pending"/>, <see cref="JobState.Retrying"/> and <see cref="JobState.AwaitingApproval"/>, a lease for <see cref="JobState.Processing"/>.
/// </summary>
internal sealed record JobStanding
{
    public required JobState State { get; init; }

    public required long Generation { get; init; }

    public required int Priority { get; init; }

    public int Attempts { get; init; }

    public int Rescues { get; init; }

    public string? Worker { get; init; }

    public required DateTimeOffset QueuedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>
    /// Since when the job is claimable (kept while it runs and is parked, so that handing back keeps its place), when it becomes so, or when its
    /// approval expires.
    /// </summary>
    public required DateTimeOffset RunAt { get; init; }

    /// <summary>When the attempt in hand began; null while nobody holds the job.</summary>
    public DateTimeOffset? ClaimedAt { get; init; }

    /// <summary>The token of the lease in force; null while nobody holds the job.</summary>
    public long? LeaseToken { get; init; }

    /// <summary>Processing time of all attempts that are over.</summary>
    public TimeSpan Processed { get; init; }

    /// <summary>True while the user wants the job parked.</summary>
    public bool Suspended { get; init; }

    /// <summary>Why the running attempt shall stop; null while it need not.</summary>
    public string? StopReason { get; init; }

    public string? RetryToken { get; init; }

    public ApprovalDecision? Approval { get; init; }

    public JobProgress? Progress { get; init; }

    public JobFailure? Failure { get; init; }

    public string? Reason { get; init; }

    public string? Result { get; init; }

    /// <summary>
    /// What a job is from its insertion until something but a claim happens to it, by its facts alone: stores need not keep it.
    /// </summary>
    public static JobStanding Fresh(JobFacts facts)
    {
        var runAt = facts.StartAfter > facts.CreatedAt ? facts.StartAfter.Value : facts.CreatedAt;
        return new JobStanding
        {
            State = runAt > facts.CreatedAt ? JobState.Pending : JobState.Queued,
            Generation = facts.Generation,
            Priority = facts.Priority,
            QueuedAt = facts.CreatedAt,
            RunAt = runAt,
            RetryToken = facts.RetryToken,
        };
    }

    /// <summary>The order of claims: a minute of waiting weighs as much as one step of priority.</summary>
    public DateTimeOffset ClaimKey => RunAt - (Priority * ClaimOrder.PriorityStep);

    public bool IsFinished => State is JobState.Completed or JobState.Failed or JobState.Cancelled;

    /// <summary>True while the store must look at the job again at <see cref="RunAt"/>.</summary>
    public bool IsDeferred => State is JobState.Pending or JobState.Retrying or JobState.AwaitingApproval;
}
