namespace PodEngine.Resources.WorkerPools;

/// <summary>ComfyUI servers used side by side.</summary>
public sealed record ComfyUISpec
{
    /// <summary>1 to 16 addresses, each once.</summary>
    public required IReadOnlyList<string> Urls { get; init; }
}
