using System.Text.Json.Nodes;

namespace PodEngine.Simulators.ComfyUI;

/// <summary>What the server says it can do, at <c>GET /features</c> and over the socket.</summary>
internal static class ComfyFeatures
{
    public static JsonObject Write() => new() { ["supports_preview_metadata"] = true, ["max_upload_size"] = 100L << 20 };
}
