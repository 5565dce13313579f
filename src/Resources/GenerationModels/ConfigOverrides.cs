using System.Text.Json.Nodes;

namespace PodEngine.Resources.GenerationModels;

/// <summary>What a model's owner presets, locks or hides.</summary>
public sealed record ConfigOverrides
{
    /// <summary>Filled in where the caller left a field out or sent null or an empty text; at most 100.</summary>
    public JsonObject? DefaultInputs { get; init; }

    /// <summary>Always set; at most 100.</summary>
    public JsonObject? LockedInputs { get; init; }

    /// <summary>Fields callers neither see nor set; at most 100.</summary>
    public IReadOnlyList<string>? HiddenFields { get; init; }

    /// <summary>Put before a prompt that is not empty, at most 2000 characters.</summary>
    public string? PromptPrefix { get; init; }

    /// <summary>Put after a prompt that is not empty, at most 2000 characters.</summary>
    public string? PromptSuffix { get; init; }
}
