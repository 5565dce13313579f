namespace PodEngine.Resources.InferenceEndpoints;

/// <summary>Bounds on the calls of an endpoint. The defaults are RunPod's own.</summary>
public sealed record InferenceLimits
{
    /// <summary>Longest run on the GPU, 5 to 604800 s and not above <see cref="TtlSeconds"/>; default 600.</summary>
    public int ExecutionTimeoutSeconds { get; init; } = 600;

    /// <summary>Longest life of a run, waiting included, 10 to 604800 s; default 86400.</summary>
    public int TtlSeconds { get; init; } = 86400;

    /// <summary>Calls per second over all workers, 1 to 1000; null for the provider's own limit.</summary>
    public int? RequestsPerSecond { get; init; }
}
