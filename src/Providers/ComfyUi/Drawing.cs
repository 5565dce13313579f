using PodEngine.Shared.Jobs;

namespace PodEngine.Providers.ComfyUi;

/// <summary>What to draw and how: the values of the default graph and of a template's placeholders.</summary>
public sealed record Drawing
{
    /// <summary>What is in the picture.</summary>
    public required string Prompt { get; init; }

    /// <summary>What is not; null for the default graph's own words, nothing in a template.</summary>
    public string? NegativePrompt { get; init; }

    /// <summary>0 to 2^64−1.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Pixels, 16–16384 in steps of 8; default 1024.</summary>
    public int Width { get; init; } = 1024;

    /// <summary>Pixels, 16–16384 in steps of 8; default 1024.</summary>
    public int Height { get; init; } = 1024;

    /// <summary>Sampler steps, 1–10000; default 20.</summary>
    public int Steps { get; init; } = 20;

    /// <summary>Classifier-free guidance, 0–100; default 7.</summary>
    public double Cfg { get; init; } = 7;

    /// <summary>Checkpoint file name; null for SDXL's base model.</summary>
    public string? Checkpoint { get; init; }

    /// <summary>A drawing by the settings of a job.</summary>
    public static Drawing Of(string prompt, ulong seed, ImageSettings settings) => new()
    {
        Prompt = prompt,
        NegativePrompt = settings.NegativePrompt,
        Seed = seed,
        Width = settings.Width ?? 1024,
        Height = settings.Height ?? 1024,
        Steps = settings.Steps ?? 20,
        Cfg = (settings.CfgMilli ?? 7000) / 1000.0,
        Checkpoint = settings.Checkpoint,
    };
}
