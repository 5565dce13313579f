namespace PodEngine.Pipeline.Images;

/// <summary>Everything needed to draw a picture again.</summary>
public sealed record PictureProvenance
{
    /// <summary>Backend, for example <c>comfyui</c>.</summary>
    public required string Backend { get; init; }

    /// <summary>The server or endpoint.</summary>
    public required string Server { get; init; }

    /// <summary>Version of the server's software; null when it does not tell.</summary>
    public string? ServerVersion { get; init; }

    /// <summary>Version of this engine.</summary>
    public required string EngineVersion { get; init; }

    /// <summary>The provider's id of the work.</summary>
    public required string RemoteId { get; init; }

    /// <summary>Checkpoint asked for; null where the workflow itself names it.</summary>
    public string? Checkpoint { get; init; }

    /// <summary>Key of the user's workflow; null for the default SDXL graph.</summary>
    public string? WorkflowKey { get; init; }

    /// <summary>Lower-case hex sha-256 of the workflow as sent.</summary>
    public required string WorkflowSha256 { get; init; }

    /// <summary>The sampler's seed.</summary>
    public required long Seed { get; init; }

    /// <summary>Sampler steps asked for.</summary>
    public required int Steps { get; init; }

    /// <summary>Guidance in thousandths asked for.</summary>
    public required int CfgMilli { get; init; }

    /// <summary>Pixels asked for.</summary>
    public required int Width { get; init; }

    /// <summary>Pixels asked for.</summary>
    public required int Height { get; init; }

    /// <summary>What was kept out of the picture; null for the graph's own words.</summary>
    public string? NegativePrompt { get; init; }

    /// <summary>Who wrote the prompt: <c>given</c>, <c>template</c> or <c>claude:model</c>. Filled in by the pipeline.</summary>
    public string? PromptWrittenBy { get; init; }
}
