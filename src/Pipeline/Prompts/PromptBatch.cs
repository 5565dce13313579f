using PodEngine.Ledger;

namespace PodEngine.Pipeline.Prompts;

/// <summary>What a prompt writer answered.</summary>
public sealed record PromptBatch
{
    /// <summary>Designs that keep the rules; may be fewer than asked for.</summary>
    public required IReadOnlyList<Design> Designs { get; init; }

    /// <summary>Who wrote them: <c>template</c> or <c>claude:model</c>.</summary>
    public required string WrittenBy { get; init; }

    /// <summary>Why the writer will not write for this brief; null when it did.</summary>
    public string? Refusal { get; init; }

    /// <summary>What was wrong with the designs left out, for the log.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>What it cost.</summary>
    public PurchaseCost Cost { get; init; }
}
