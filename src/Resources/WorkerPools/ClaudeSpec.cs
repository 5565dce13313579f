namespace PodEngine.Resources.WorkerPools;

/// <summary>How Claude is reached.</summary>
public sealed record ClaudeSpec
{
    /// <summary>Address of the API; null for Anthropic's own.</summary>
    public string? BaseUrl { get; init; }
}
