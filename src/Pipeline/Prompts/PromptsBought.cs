namespace PodEngine.Pipeline.Prompts;

/// <summary>The recorded result of one round of prompt writing.</summary>
/// <param name="WrittenBy">Who wrote.</param>
/// <param name="Designs">What can be used.</param>
/// <param name="Refusal">Why nothing was written; null when something was.</param>
internal sealed record PromptsBought(string WrittenBy, IReadOnlyList<Design> Designs, string? Refusal = null);

/// <summary>The recorded request of one round.</summary>
/// <param name="Writer">Who was asked.</param>
/// <param name="Count">How many designs were missing.</param>
internal sealed record PromptsWanted(string Writer, int Count);
