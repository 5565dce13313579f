using System.Text.Json.Nodes;

namespace PodEngine.Providers.ComfyUi;

/// <summary>The default workflow: SDXL text to image, euler sampler with the normal scheduler.</summary>
public static class SdxlWorkflow
{
    /// <summary>SDXL's base model, as its authors name the file.</summary>
    public const string DefaultCheckpoint = "sd_xl_base_1.0.safetensors";

    /// <summary>What the default graph keeps out of pictures.</summary>
    public const string DefaultNegativePrompt = "low quality, worst quality, blurry, jpeg artifacts, watermark, signature, text, logo, cropped, deformed";

    /// <summary>Builds the graph in API format.</summary>
    /// <param name="drawing">What to draw and how.</param>
    /// <param name="batch">Pictures per run, 1–4096.</param>
    /// <param name="fileNamePrefix">Prefix of the names on the server.</param>
    public static JsonObject Create(Drawing drawing, int batch = 1, string fileNamePrefix = "podengine") => new()
    {
        ["4"] = Node("CheckpointLoaderSimple", new() { ["ckpt_name"] = drawing.Checkpoint ?? DefaultCheckpoint }),
        ["5"] = Node("EmptyLatentImage", new() { ["width"] = drawing.Width, ["height"] = drawing.Height, ["batch_size"] = batch }),
        ["6"] = Node("CLIPTextEncode", new() { ["text"] = drawing.Prompt, ["clip"] = Link("4", 1) }),
        ["7"] = Node("CLIPTextEncode", new() { ["text"] = drawing.NegativePrompt ?? DefaultNegativePrompt, ["clip"] = Link("4", 1) }),
        ["3"] = Node("KSampler", new()
        {
            ["model"] = Link("4", 0),
            ["positive"] = Link("6", 0),
            ["negative"] = Link("7", 0),
            ["latent_image"] = Link("5", 0),
            ["seed"] = drawing.Seed,
            ["steps"] = drawing.Steps,
            ["cfg"] = drawing.Cfg,
            ["sampler_name"] = "euler",
            ["scheduler"] = "normal",
            ["denoise"] = 1,
        }),
        ["8"] = Node("VAEDecode", new() { ["samples"] = Link("3", 0), ["vae"] = Link("4", 2) }),
        ["9"] = Node("SaveImage", new() { ["images"] = Link("8", 0), ["filename_prefix"] = fileNamePrefix }),
    };

    private static JsonObject Node(string type, JsonObject inputs) => new() { ["class_type"] = type, ["inputs"] = inputs };

    private static JsonArray Link(string node, int output) => [node, output];
}
