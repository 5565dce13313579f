using PodEngine.Shared.Jobs;

namespace PodEngine.Pipeline.Images;

/// <summary>One picture to draw.</summary>
public sealed record PictureOrder
{
    /// <summary>Our own lower-case UUID of the order, by which a backend that keeps it finds the picture after a lost answer.</summary>
    public required string OrderId { get; init; }

    /// <summary>What to draw.</summary>
    public required string Prompt { get; init; }

    /// <summary>The sampler's seed, below 2^53.</summary>
    public required long Seed { get; init; }

    /// <summary>How to draw it.</summary>
    public required ImageSettings Settings { get; init; }

    /// <summary>The workflow's text where <see cref="ImageSettings.WorkflowKey"/> names one; null for the default SDXL graph.</summary>
    public string? Workflow { get; init; }
}
