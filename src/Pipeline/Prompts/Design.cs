namespace PodEngine.Pipeline.Prompts;

/// <summary>What to draw and how to sell it: one design of a job.</summary>
public sealed record Design
{
    /// <summary>Title for shoppers, 3–100 characters.</summary>
    public required string Title { get; init; }

    /// <summary>The image prompt, 1–4,000 characters.</summary>
    public required string Prompt { get; init; }

    /// <summary>Description for shoppers, at most 2,000 characters.</summary>
    public string Description { get; init; } = "";

    /// <summary>Tags for shops, at most 13 of at most 20 characters (Etsy's limits, the strictest of the channels).</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];
}
