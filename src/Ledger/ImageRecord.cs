namespace PodEngine.Ledger;

/// <summary>A picture of a job with everything needed to draw it again.</summary>
public sealed record ImageRecord
{
    /// <summary>Which design of the job, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>Title for shoppers.</summary>
    public required string Title { get; init; }

    /// <summary>Description for shoppers.</summary>
    public required string Description { get; init; }

    /// <summary>Tags for shops.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>The image prompt.</summary>
    public required string Prompt { get; init; }

    /// <summary>The sampler's seed.</summary>
    public required long Seed { get; init; }

    /// <summary>What drew it and how, as JSON text: backend, model, workflow hash, sizes, versions.</summary>
    public required string Provenance { get; init; }

    /// <summary>Lower-case hex sha-256 of the bytes: the address in storage. Null until stored.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Size in bytes; null until stored.</summary>
    public long? Bytes { get; init; }

    /// <summary>Media type, for example <c>image/png</c>; null until stored.</summary>
    public string? MediaType { get; init; }

    /// <summary>Why this picture is missing; null when it is not.</summary>
    public string? FaultCode { get; init; }
}
