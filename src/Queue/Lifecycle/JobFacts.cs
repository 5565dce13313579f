namespace PodEngine.Queue.Lifecycle;

/// <summary>What never changes about a job once it is accepted.</summary>
internal sealed record JobFacts
{
    public required JobId Id { get; init; }

    /// <summary>The order of insertion, the store's own; breaks ties of claims. 0 until the store has given one.</summary>
    public long Sequence { get; init; }

    public required QueueKey Queue { get; init; }

    public string? LimitKey { get; init; }

    public required string Name { get; init; }

    public required string Arguments { get; init; }

    public required RetryPolicy Retry { get; init; }

    public required TimeSpan ActiveDeadline { get; init; }

    public DateTimeOffset? StartAfter { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>As first requested; the standing has what is in force.</summary>
    public required long Generation { get; init; }

    /// <summary>As first requested; the standing has what is in force.</summary>
    public required int Priority { get; init; }

    /// <summary>As first requested; the standing has what is in force.</summary>
    public string? RetryToken { get; init; }

    public static JobFacts Of(JobRequest request, DateTimeOffset now) => new()
    {
        Id = request.Id,
        Queue = request.Queue,
        LimitKey = request.LimitKey,
        Name = request.Name,
        Arguments = request.Arguments,
        Retry = request.Retry,
        ActiveDeadline = request.ActiveDeadline,
        StartAfter = request.StartAfter,
        CreatedAt = now,
        Generation = request.Generation,
        Priority = request.Priority,
        RetryToken = request.RetryToken,
    };
}
