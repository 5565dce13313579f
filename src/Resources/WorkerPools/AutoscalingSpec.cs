namespace PodEngine.Resources.WorkerPools;

/// <summary>Number of workers by the length of the queue.</summary>
public sealed record AutoscalingSpec
{
    /// <summary>Fewest workers, 0 to 1000 and not above <see cref="MaxReplicas"/>; default 1.</summary>
    public int MinReplicas { get; init; } = 1;

    /// <summary>Most workers, 1 to 1000; default 10.</summary>
    public int MaxReplicas { get; init; } = 10;

    /// <summary>Jobs for which one worker is reckoned, 1 to 5000; null for the pool's concurrency.</summary>
    public int? TargetJobsPerWorker { get; init; }

    /// <summary>How long fewer must be enough before there are fewer, 0 to 3600 s; default 60.</summary>
    public int ScaleDownStabilizationSeconds { get; init; } = 60;

    /// <summary>How long the pool must be idle before its last worker goes, 0 to 86400 s; default 300.</summary>
    public int CooldownSeconds { get; init; } = 300;
}
