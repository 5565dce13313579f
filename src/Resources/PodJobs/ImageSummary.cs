namespace PodEngine.Resources.PodJobs;

/// <summary>The pictures of a job: how many, and the first few.</summary>
public sealed record ImageSummary
{
    /// <summary>Most references a status carries.</summary>
    public const int MaxReferences = 20;

    /// <summary>How many there are.</summary>
    public int? Count { get; init; }

    /// <summary>The first <see cref="MaxReferences"/> of them, by unique id.</summary>
    public IReadOnlyList<ImageReference>? References { get; init; }
}
