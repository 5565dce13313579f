namespace PodEngine.Resources.PodJobs;

/// <summary>What a job cost so far, as far as providers tell.</summary>
public sealed record PodJobCost
{
    /// <summary>GPU time in milliseconds.</summary>
    public long? GpuMillis { get; init; }

    /// <summary>Millionths of a US dollar.</summary>
    public long? UsdMicros { get; init; }

    /// <summary>Paid calls made once more because their answer was lost.</summary>
    public int? Repeated { get; init; }
}
