using System.Text.Json.Nodes;

namespace PodEngine.Resources.GenerationModels;

/// <summary>What a model is, where it runs and what it takes.</summary>
public sealed record GenerationModelSpec
{
    /// <summary>Name of the InferenceEndpoint in the same namespace.</summary>
    public required string EndpointName { get; init; }

    /// <summary>Name for people, at most 200 characters.</summary>
    public required string DisplayName { get; init; }

    /// <summary>What it does, at most 5000 characters.</summary>
    public string? Description { get; init; }

    /// <summary>What it makes.</summary>
    public required ModelCategory Category { get; init; }

    /// <summary>JSON Schema of the inputs.</summary>
    public required JsonObject InputSchema { get; init; }

    /// <summary>Whether it may be run; default false.</summary>
    public bool Published { get; init; }

    /// <summary>How long a run takes as a hint, 1 to 3600 s; default 30.</summary>
    public int EstimatedSeconds { get; init; } = 30;

    /// <summary>What the owner decides in the caller's place; null for nothing.</summary>
    public ConfigOverrides? ConfigOverrides { get; init; }
}
