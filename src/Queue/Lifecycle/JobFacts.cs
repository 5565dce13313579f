namespace PodEngine.Queue.Lifecycle;

/// <summary>What never changes about a job once it is accepted.</summary>
internal sealed record JobFacts
{
    public required JobId Id { get; init; }

    public required QueueKey Queue { get; init; }

    public required string Name { get; init; }

    public required string Arguments { get; init; }

    public required RetryPolicy Retry { get; init; }

    public required TimeSpan ActiveDeadline { get; init; }

    public DateTimeOffset? StartAfter { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public static JobFacts Of(JobRequest request, DateTimeOffset now) => new()
    {
        Id = request.Id,
        Queue = request.Queue,
        Name = request.Name,
        Arguments = request.Arguments,
        Retry = request.Retry,
        ActiveDeadline = request.ActiveDeadline,
        StartAfter = request.StartAfter,
        CreatedAt = now,
    };
}
