namespace PodEngine.Resources.WorkerPools;

/// <summary>A worker that restarted more often than allowed.</summary>
public sealed record FailedWorker
{
    /// <summary>Name of its pod.</summary>
    public required string Name { get; init; }

    /// <summary>How often it restarted.</summary>
    public int? Restarts { get; init; }

    /// <summary>Why it stopped last.</summary>
    public string? Reason { get; init; }
}
