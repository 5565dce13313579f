namespace PodEngine.Queue.InMemory;

/// <summary>A worker as it last described itself.</summary>
internal sealed record InMemoryWorker(WorkerHeartbeat Heartbeat, DateTimeOffset StartedAt, DateTimeOffset LastSeen)
{
    public QueueKey Queue => Heartbeat.Queue;

    public WorkerRecord ToRecord(bool isAlive, IReadOnlyList<JobId> jobs) => new()
    {
        Id = Heartbeat.WorkerId,
        Queue = Heartbeat.Queue,
        Host = Heartbeat.Host,
        Concurrency = Heartbeat.Concurrency,
        Draining = Heartbeat.Draining,
        StartedAt = StartedAt,
        LastSeen = LastSeen,
        IsAlive = isAlive,
        JobsCompleted = Heartbeat.JobsCompleted,
        AttemptsFailed = Heartbeat.AttemptsFailed,
        Jobs = jobs,
    };
}
