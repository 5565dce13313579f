namespace PodEngine.Queue.InMemory;

/// <summary>A worker as it last described itself.</summary>
internal sealed record InMemoryWorker(WorkerHeartbeat Heartbeat, DateTimeOffset StartedAt, DateTimeOffset LastSeen)
{
    public string Id => Heartbeat.WorkerId;

    public QueueKey Queue => Heartbeat.Queue;

    /// <summary>Whether it is asked to stop claiming.</summary>
    public bool DrainRequested { get; init; }

    /// <summary>Whether it has said that it claims nothing.</summary>
    public bool HasAcknowledged => DrainRequested && Heartbeat.Draining;

    /// <summary>Whether it claims nothing although nobody asked.</summary>
    public bool StopsByItself => Heartbeat.Draining && !DrainRequested;


    public WorkerRecord ToRecord(bool isAlive, IReadOnlyList<JobId> jobs) => new()
    {
        Id = Id,
        Queue = Queue,
        Host = Heartbeat.Host,
        Concurrency = Heartbeat.Concurrency,
        Draining = Heartbeat.Draining || DrainRequested,
        StartedAt = StartedAt,
        LastSeen = LastSeen,
        IsAlive = isAlive,
        JobsCompleted = Heartbeat.JobsCompleted,
        AttemptsFailed = Heartbeat.AttemptsFailed,
        Jobs = jobs,
    };
}
