namespace PodEngine.Queue;

/// <summary>A worker process as the store knows it.</summary>
public sealed record WorkerRecord
{
    /// <summary>Unique per process start.</summary>
    public required string Id { get; init; }

    /// <summary>The queue it claims from.</summary>
    public required QueueKey Queue { get; init; }

    /// <summary>Name of the host or pod.</summary>
    public required string Host { get; init; }

    /// <summary>Jobs it runs at most at a time.</summary>
    public required int Concurrency { get; init; }

    /// <summary>True while it stops, or is asked to stop, claiming.</summary>
    public required bool Draining { get; init; }

    /// <summary>Its first heartbeat.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Its last heartbeat.</summary>
    public required DateTimeOffset LastSeen { get; init; }

    /// <summary>False once it has been silent for a lease length: its jobs are being rescued.</summary>
    public required bool IsAlive { get; init; }

    /// <summary>Jobs it has ended well, by its own last word.</summary>
    public required long JobsCompleted { get; init; }

    /// <summary>Attempts it has seen fail, by its own last word.</summary>
    public required long AttemptsFailed { get; init; }

    /// <summary>The jobs it holds now, in no certain order.</summary>
    public required IReadOnlyList<JobId> Jobs { get; init; }
}
