using PodEngine.Kubernetes.Objects;

namespace PodEngine.Resources.PodJobs;

/// <summary>How far a job is. Written by the operator alone; no secret, prompt-sized text or picture goes into it.</summary>
public sealed record PodJobStatus
{
    /// <summary>The generation this speaks of.</summary>
    public long? ObservedGeneration { get; init; }

    /// <summary>Where the job is, for display.</summary>
    public PodJobPhase? Phase { get; init; }

    /// <summary>Why it is there, one word of at most 128 characters, for display.</summary>
    public string? Reason { get; init; }

    /// <summary>The job's id in queue, API and logs: the PodJob's uid.</summary>
    public string? JobId { get; init; }

    /// <summary>Attempts started.</summary>
    public int? Attempts { get; init; }

    /// <summary>The worker that has or last had it.</summary>
    public string? Worker { get; init; }

    /// <summary>When it entered the queue.</summary>
    public DateTimeOffset? QueuedTime { get; init; }

    /// <summary>When a worker first took it.</summary>
    public DateTimeOffset? StartTime { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? CompletionTime { get; init; }

    /// <summary>How much is done.</summary>
    public PodJobProgress? Progress { get; init; }

    /// <summary>The pictures made.</summary>
    public ImageSummary? Images { get; init; }

    /// <summary>The products made.</summary>
    public ProductSummary? Products { get; init; }

    /// <summary>What an execution gave.</summary>
    public OutputReference? Output { get; init; }

    /// <summary>What it cost so far.</summary>
    public PodJobCost? Cost { get; init; }

    /// <summary>Why it, or its last attempt, failed.</summary>
    public PodJobFailure? Failure { get; init; }

    /// <summary>Conditions by the types of <see cref="PodJobConditions"/>.</summary>
    public IReadOnlyList<Condition>? Conditions { get; init; }
}
