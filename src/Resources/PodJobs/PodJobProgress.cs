namespace PodEngine.Resources.PodJobs;

/// <summary>How much of a job is done.</summary>
public sealed record PodJobProgress
{
    /// <summary>0 to 100.</summary>
    public int? Percent { get; init; }

    /// <summary>The step at work, at most 63 characters.</summary>
    public string? Step { get; init; }

    /// <summary>Pictures drawn and stored.</summary>
    public int? ImagesDone { get; init; }

    /// <summary>Pictures to draw.</summary>
    public int? ImagesTotal { get; init; }

    /// <summary>Products made.</summary>
    public int? ProductsDone { get; init; }

    /// <summary>Products to make.</summary>
    public int? ProductsTotal { get; init; }
}
