namespace PodEngine.Resources.WorkerPools;

/// <summary>An address called when a job ends.</summary>
public sealed record WebhookSpec
{
    /// <summary>The name jobs use.</summary>
    public required string Name { get; init; }

    /// <summary>Address called by POST.</summary>
    public required string Url { get; init; }

    /// <summary>Key in the credentials Secret of the signing secret; null for unsigned calls.</summary>
    public string? SecretKey { get; init; }
}
