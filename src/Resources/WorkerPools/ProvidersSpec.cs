namespace PodEngine.Resources.WorkerPools;

/// <summary>The outside services a pool's jobs use.</summary>
public sealed record ProvidersSpec
{
    /// <summary>Claude, which writes prompts; null for the official address.</summary>
    public ClaudeSpec? Claude { get; init; }

    /// <summary>ComfyUI servers that draw; excludes <see cref="RunPod"/>.</summary>
    public ComfyUISpec? ComfyUI { get; init; }

    /// <summary>ComfyUI on RunPod that draws; excludes <see cref="ComfyUI"/>.</summary>
    public RunPodSpec? RunPod { get; init; }

    /// <summary>Where pictures and outputs are kept.</summary>
    public StorageSpec Storage { get => field ?? new(); init; }

    /// <summary>Printify and the pool's own shop.</summary>
    public PrintifySpec? Printify { get; init; }

    /// <summary>Sales channels by unique name, at most 16.</summary>
    public IReadOnlyList<PlatformSpec>? Platforms { get; init; }

    /// <summary>Webhooks by unique name, at most 16.</summary>
    public IReadOnlyList<WebhookSpec>? Webhooks { get; init; }

    /// <summary>ConfigMap that adds to the product catalogue.</summary>
    public string? CatalogConfigMapName { get; init; }

    /// <summary>ConfigMap with ComfyUI workflows by key.</summary>
    public string? WorkflowsConfigMapName { get; init; }
}
