namespace PodEngine.Resources.PodJobs;

/// <summary>One product of a job.</summary>
public sealed record ProductReference
{
    /// <summary>The engine's id, at most 64 characters.</summary>
    public required string Id { get; init; }

    /// <summary>Printify's id, at most 64 characters.</summary>
    public string? ExternalId { get; init; }

    /// <summary>Title, at most 200 characters.</summary>
    public string? Title { get; init; }

    /// <summary>State, such as <c>Created</c>, <c>Published</c> or <c>Failed</c>.</summary>
    public string? State { get; init; }
}
