namespace PodEngine.Queue.Bench.Consuming;

/// <summary>How one process takes jobs of one lane.</summary>
internal sealed record JobConsumerOptions
{
    /// <summary>The lane to claim from.</summary>
    public required QueueKey Queue { get; init; }

    /// <summary>Unique per process start.</summary>
    public required string WorkerId { get; init; }

    /// <summary>Name of the host or pod.</summary>
    public required string Host { get; init; }

    /// <summary>Handlers at a time, at least 1; default 5.</summary>
    public int Slots { get; init; } = 5;

    /// <summary>
    /// Jobs claimed before a slot is free for them, at least 0, the default. Right for short jobs; a long one could have been begun by another worker
    /// meanwhile.
    /// </summary>
    public int ClaimAhead { get; init; }

    /// <summary>
    /// Jobs held at a time, from their claim until their outcome was accepted, at least <see cref="Slots"/>; default 1,000. A slot is free again once its
    /// handler has ended, so what exceeds slots and <see cref="ClaimAhead"/> is being reported: a store that answers slowly holds the claims back.
    /// </summary>
    public int MaxHeld { get; init; } = 1_000;

    /// <summary>Jobs per claim at most, 1–500; default 500.</summary>
    public int ClaimBatch { get; init; } = 500;

    /// <summary>
    /// Longest wait between two looks into the queue when no wake comes, jittered by a quarter; default 5 s. The queue itself looks every two seconds,
    /// or somewhat sooner, while it cannot listen.
    /// </summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long running handlers may go on once the consumer stops; default 300 s.</summary>
    public TimeSpan Drain { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary>How long a stopped consumer goes on trying to report while the store is away; default 10 s.</summary>
    public TimeSpan ReportAfterDrain { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The clocks of the lease protocol; the same as the store's.</summary>
    public QueueTimings Timings { get; init; } = new();
}
