using PodEngine.Simulators.ComfyUI;

namespace PodEngine.Simulators.Knobs;

/// <summary>Behaviour of the ComfyUI servers (https://github.com/Comfy-Org/ComfyUI, <c>server.py</c> and <c>execution.py</c>).</summary>
public sealed record ComfyUIKnobs
{
    /// <summary>Milliseconds of drawing per picture; default 300.</summary>
    public int LatencyMs { get; init; } = 300;

    /// <summary>Milliseconds added to every HTTP answer; default 0.</summary>
    public int RequestLatencyMs { get; init; }

    /// <summary>2026 or 2023–2024 behaviour: error types, job routes, progress messages; default New.</summary>
    public ComfyBuild Build { get; init; }

    /// <summary>Whether a client's <c>prompt_id</c> is kept; null (the default) means only by new builds, as is likely.</summary>
    public bool? KeepsClientPromptId { get; init; }

    /// <summary>Answer of old builds on <c>/api/jobs…</c>, 404 or 405; unconfirmed, default 404.</summary>
    public int MissingRouteStatus { get; init; } = 404;

    /// <summary>Answer to a body that is not JSON; unconfirmed, default 500.</summary>
    public int BadJsonStatus { get; init; } = 500;

    /// <summary>Whether <c>execution_success</c> is sent, as servers newer than 2024 do; default true.</summary>
    public bool SendsSuccess { get; init; } = true;

    /// <summary>Whether preview pictures are sent over the socket; default true.</summary>
    public bool SendsPreviews { get; init; } = true;

    /// <summary>Whether pictures carry the workflow as a text chunk; default true.</summary>
    public bool WritesMetadata { get; init; } = true;

    /// <summary>History entries kept; default 10000.</summary>
    public int MaxHistory { get; init; } = 10_000;

    /// <summary>Upload limit in bytes; default 100 MB.</summary>
    public long MaxUploadBytes { get; init; } = 100L << 20;

    /// <summary>Installed checkpoints.</summary>
    public IReadOnlyList<string> Checkpoints { get; init; } = ["sd_xl_base_1.0.safetensors", "sd_xl_refiner_1.0.safetensors", "v1-5-pruned-emaonly.safetensors"];

    /// <summary>Installed LoRAs.</summary>
    public IReadOnlyList<string> Loras { get; init; } = ["pixel_art_xl.safetensors"];

    /// <summary>Installed VAEs.</summary>
    public IReadOnlyList<string> Vaes { get; init; } = ["sdxl_vae.safetensors"];

    /// <summary>Faults by chance.</summary>
    public RandomFaults Random { get; init; } = new();
}
