namespace PodEngine.Queue.Postgres.Leasing;

/// <summary>A lane: what waits in a queue under one shared limit, or under none.</summary>
internal readonly record struct LaneKey(QueueKey Queue, string LimitKey)
{
    /// <summary>The lane of what runs under no shared limit.</summary>
    public static LaneKey Of(QueueKey queue) => new(queue, "");

    public static LaneKey Of(JobRequest request) => new(request.Queue, request.LimitKey ?? "");
}
