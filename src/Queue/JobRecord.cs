namespace PodEngine.Queue;

/// <summary>A job as the store knows it now.</summary>
public sealed record JobRecord
{
    /// <summary>The job's identity.</summary>
    public required JobId Id { get; init; }

    /// <summary>The store's own number for it, by order of insertion.</summary>
    internal long Sequence { get; init; }

    /// <summary>Its lane.</summary>
    public required QueueKey Queue { get; init; }

    /// <summary>Name for people.</summary>
    public required string Name { get; init; }

    /// <summary>Highest generation applied.</summary>
    public required long Generation { get; init; }

    /// <summary>Where it is.</summary>
    public required JobState State { get; init; }

    /// <summary>Priority in force.</summary>
    public required int Priority { get; init; }

    /// <summary>The arguments as first inserted.</summary>
    public required string Arguments { get; init; }

    /// <summary>Attempts begun, hand-backs, snoozes, parkings and rescues not counted.</summary>
    public required int Attempts { get; init; }

    /// <summary>How often a successor took over from a lost worker.</summary>
    public required int Rescues { get; init; }

    /// <summary>The worker that holds it, or held it last; null before the first claim.</summary>
    public string? Worker { get; init; }

    /// <summary>When it was first inserted.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last became claimable or scheduled.</summary>
    public required DateTimeOffset QueuedAt { get; init; }

    /// <summary>First claim; null before it.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended; null while it has not.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>When it may be claimed, for scheduled, retrying and snoozed jobs.</summary>
    public DateTimeOffset? RunAt { get; init; }

    /// <summary>When it is cancelled <c>ApprovalExpired</c>, for jobs that await approval.</summary>
    public DateTimeOffset? ApprovalExpiresAt { get; init; }

    /// <summary>True while a running job is asked to stop and its worker has not reported yet.</summary>
    public bool CancelRequested { get; init; }

    /// <summary>Last progress reported.</summary>
    public JobProgress? Progress { get; init; }

    /// <summary>Last failure; kept while retrying, cleared by success.</summary>
    public JobFailure? Failure { get; init; }

    /// <summary>Why it is cancelled, put off or parked, one CamelCase word; null where the state says it all.</summary>
    public string? Reason { get; init; }

    /// <summary>Result as JSON text.</summary>
    public string? Result { get; init; }

    /// <summary>True in <see cref="JobState.Completed"/>, <see cref="JobState.Failed"/> and <see cref="JobState.Cancelled"/>.</summary>
    public bool IsFinished => State is JobState.Completed or JobState.Failed or JobState.Cancelled;
}
