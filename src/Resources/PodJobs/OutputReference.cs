namespace PodEngine.Resources.PodJobs;

/// <summary>Where the output of an execution lies.</summary>
public sealed record OutputReference
{
    /// <summary>Address in the storage.</summary>
    public required string Uri { get; init; }

    /// <summary>SHA-256 in 64 lower-case hexadecimal digits.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Size.</summary>
    public long? Bytes { get; init; }
}
