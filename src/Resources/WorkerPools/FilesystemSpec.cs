namespace PodEngine.Resources.WorkerPools;

/// <summary>A folder that all workers and the API see.</summary>
public sealed record FilesystemSpec
{
    /// <summary>Name of a PersistentVolumeClaim in the same namespace.</summary>
    public required string ClaimName { get; init; }
}
