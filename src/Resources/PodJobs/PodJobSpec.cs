namespace PodEngine.Resources.PodJobs;

/// <summary>
/// What is to be done: exactly one of <see cref="Design"/> and <see cref="Execution"/>. After creation only <see cref="Suspend"/>,
/// <see cref="Cancel"/> (one way), <see cref="Priority"/>, <see cref="TtlSecondsAfterFinished"/>, <see cref="RetryToken"/> and, once,
/// <see cref="ApprovalSpec.Decision"/> may change.
/// </summary>
public sealed record PodJobSpec
{
    /// <summary>Draw pictures and make products of them.</summary>
    public DesignSpec? Design { get; init; }

    /// <summary>Run a generation model.</summary>
    public ExecutionSpec? Execution { get; init; }

    /// <summary>Name of the worker pool in the same namespace, at most 52 characters; default <c>default</c>.</summary>
    public string WorkerPoolName { get => field ?? "default"; init; }

    /// <summary>-1000 to 1000, higher runs first; default 0.</summary>
    public int Priority { get; init; }

    /// <summary>Hold the job; default false.</summary>
    public bool Suspend { get; init; }

    /// <summary>End the job; may be set and not unset; default false.</summary>
    public bool Cancel { get; init; }

    /// <summary>What happens after a failed attempt.</summary>
    public RetrySpec Retry { get => field ?? new(); init; }

    /// <summary>Processing time over all attempts, 1 to 604800 s; default 3600.</summary>
    public int ActiveDeadlineSeconds { get; init; } = 3600;

    /// <summary>Do not start before this time; null for at once.</summary>
    public DateTimeOffset? StartAfterTime { get; init; }

    /// <summary>Delete the PodJob this long after it ended, 0 to 31536000 s; null keeps it.</summary>
    public int? TtlSecondsAfterFinished { get; init; }

    /// <summary>Changing it after the end queues the job again; at most 64 characters.</summary>
    public string? RetryToken { get; init; }

    /// <summary>What to do when the answer to a paid call was lost; default <see cref="OnUnknownPurchase.RepeatOnce"/>.</summary>
    public OnUnknownPurchase OnUnknownPurchase { get; init; }

    /// <summary>Name of one of the pool's webhooks to call at the end; null for none.</summary>
    public string? Notify { get; init; }
}
