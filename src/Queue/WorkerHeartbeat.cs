namespace PodEngine.Queue;

/// <summary>A worker process saying that it lives, and of which jobs.</summary>
public sealed record WorkerHeartbeat
{
    /// <summary>Unique per process start, for example <c>pod name/random</c>.</summary>
    public required string WorkerId { get; init; }

    /// <summary>The lane it claims from.</summary>
    public required QueueKey Queue { get; init; }

    /// <summary>Name of the host or pod.</summary>
    public required string Host { get; init; }

    /// <summary>Jobs it runs at most at a time.</summary>
    public required int Concurrency { get; init; }

    /// <summary>
    /// The leases it believes to hold, each until <see cref="IJobQueue.FinishAsync"/> has answered for it. What the store holds for the worker, but the
    /// worker has not named for a lease length, goes back to the queue: the answer of its claim was lost.
    /// </summary>
    public required IReadOnlyCollection<JobLease> Held { get; init; }

    /// <summary>True once it stops claiming.</summary>
    public bool Draining { get; init; }

    /// <summary>Jobs it has ended well since it started; default 0.</summary>
    public long JobsCompleted { get; init; }

    /// <summary>Attempts it has seen fail since it started; default 0.</summary>
    public long AttemptsFailed { get; init; }
}

/// <summary>The store's answer to a heartbeat.</summary>
public sealed record HeartbeatReply
{
    /// <summary>Leases that are no longer the worker's: abandon them without cancelling remote work.</summary>
    public required IReadOnlyList<JobLease> Lost { get; init; }

    /// <summary>Jobs to stop and report <see cref="AttemptOutcome.Cancelled"/>: somebody asked for it, or their deadline is over.</summary>
    public required IReadOnlyList<JobLease> CancelRequested { get; init; }

    /// <summary>Jobs to park after their current step.</summary>
    public required IReadOnlyList<JobLease> SuspendRequested { get; init; }

    /// <summary>True when the worker shall stop claiming.</summary>
    public bool DrainRequested { get; init; }
}
