namespace PodEngine.Resources.WorkerPools;

/// <summary>Where pictures and outputs are kept; with neither they are lost with the worker.</summary>
public sealed record StorageSpec
{
    /// <summary>An S3-compatible object store; excludes <see cref="Filesystem"/>.</summary>
    public S3Spec? S3 { get; init; }

    /// <summary>A shared folder; excludes <see cref="S3"/>.</summary>
    public FilesystemSpec? Filesystem { get; init; }
}
