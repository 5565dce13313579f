namespace PodEngine.Queue;

/// <summary>The clocks of the lease protocol. One set for everybody who shares a store.</summary>
public sealed record QueueTimings
{
    /// <summary>How often a worker says that it lives; default 3 s.</summary>
    public TimeSpan HeartbeatInterval { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>
    /// The same while wake-ups do not arrive and the worker holds jobs; default 800 ms, so that a cancel still reaches it within a second.
    /// </summary>
    public TimeSpan HeartbeatIntervalPolling { get; init; } = TimeSpan.FromMilliseconds(800);

    /// <summary>Silence after which a worker's jobs may be rescued; default 10 s, so that a killed worker's job starts elsewhere within 15 s.</summary>
    public TimeSpan LeaseLength { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How often the progress of one attempt is stored while its step stays the same; default 1 s. What is reported in between is stored with the
    /// next heartbeat.
    /// </summary>
    public TimeSpan ProgressInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How often a job is rescued; when its worker is lost once more it fails <c>WorkerLostRepeatedly</c>. Default 10.</summary>
    public int MaxRescues { get; init; } = 10;
}
