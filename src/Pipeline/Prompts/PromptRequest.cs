using PodEngine.Shared.Jobs;
using PodEngine.Shared.Products;

namespace PodEngine.Pipeline.Prompts;

/// <summary>What a prompt writer is asked for.</summary>
public sealed record PromptRequest
{
    /// <summary>The words of the user.</summary>
    public required DesignBrief Brief { get; init; }

    /// <summary>The products the designs are for.</summary>
    public required IReadOnlyList<ProductDefinition> Products { get; init; }

    /// <summary>How many designs are wanted now.</summary>
    public required int Count { get; init; }

    /// <summary>Titles the job already has: write something else.</summary>
    public IReadOnlyList<string> Taken { get; init; } = [];

    /// <summary>The job's own number, the same in every attempt.</summary>
    public required long Seed { get; init; }
}
