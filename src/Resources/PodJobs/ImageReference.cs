namespace PodEngine.Resources.PodJobs;

/// <summary>One picture of a job.</summary>
public sealed record ImageReference
{
    /// <summary>The engine's id, at most 64 characters.</summary>
    public required string Id { get; init; }

    /// <summary>Where it can be seen; null where there is no address to give.</summary>
    public string? Url { get; init; }

    /// <summary>Title, at most 200 characters.</summary>
    public string? Title { get; init; }

    /// <summary>State, such as <c>Stored</c>, <c>Approved</c> or <c>Rejected</c>.</summary>
    public string? State { get; init; }
}
