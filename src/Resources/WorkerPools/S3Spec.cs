namespace PodEngine.Resources.WorkerPools;

/// <summary>A bucket of an S3-compatible object store.</summary>
public sealed record S3Spec
{
    /// <summary>Name of the bucket.</summary>
    public required string Bucket { get; init; }

    /// <summary>Region; default <c>us-east-1</c>.</summary>
    public string Region { get => field ?? "us-east-1"; init; }

    /// <summary>Address; null for Amazon's in the region.</summary>
    public string? BaseUrl { get; init; }

    /// <summary>Put before every key; null for nothing.</summary>
    public string? Prefix { get; init; }

    /// <summary>Default <see cref="S3Addressing.VirtualHost"/>.</summary>
    public S3Addressing Addressing { get; init; }
}
