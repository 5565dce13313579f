using System.Text.Json.Nodes;

namespace PodEngine.Shared.Jobs;

/// <summary>A run of a GenerationModel on its inference endpoint.</summary>
public sealed record ExecutionWork : JobWork
{
    /// <summary>Name of the GenerationModel.</summary>
    public required string ModelName { get; init; }

    /// <summary>The model's <c>metadata.generation</c> when the job was admitted.</summary>
    public required long ModelRevision { get; init; }

    /// <summary>Name of the InferenceEndpoint.</summary>
    public required string EndpointName { get; init; }

    /// <summary>The provider's id of the endpoint.</summary>
    public required string EndpointId { get; init; }

    /// <summary>Base address of the provider's API; null for the provider's own.</summary>
    public string? EndpointBaseUrl { get; init; }

    /// <summary>The caller's inputs, at most 32 KiB as JSON.</summary>
    public required JsonObject Inputs { get; init; }

    /// <summary>The model's overrides at admission.</summary>
    public ModelOverrides Overrides { get; init; } = new();

    /// <summary>Who the run belongs to; null for nobody in particular.</summary>
    public string? Consumer { get; init; }
}

/// <summary>What a model's owner fixes, presets or hides (<c>spec.configOverrides</c>).</summary>
public sealed record ModelOverrides
{
    /// <summary>Filled in where the caller left a key out, null or empty.</summary>
    public JsonObject? DefaultInputs { get; init; }

    /// <summary>Always set, whatever the caller sent.</summary>
    public JsonObject? LockedInputs { get; init; }

    /// <summary>Keys a caller may neither see nor send.</summary>
    public IReadOnlyList<string> HiddenFields { get; init; } = [];

    /// <summary>Put before a non-empty prompt.</summary>
    public string? PromptPrefix { get; init; }

    /// <summary>Put after a non-empty prompt.</summary>
    public string? PromptSuffix { get; init; }
}
