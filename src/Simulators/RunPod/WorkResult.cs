using System.Text.Json.Nodes;
using PodEngine.Simulators.Pictures;

namespace PodEngine.Simulators.RunPod;

/// <summary>What a worker hands back: an output, or an error with what is left of the output, or drawings that become the output when read.</summary>
internal sealed record WorkResult(JsonNode? Output, string? Error = null)
{
    /// <summary>Pictures by file name; encoded anew each time the status is read.</summary>
    public IReadOnlyList<(string FileName, Drawing Drawing)> Pictures { get; init; } = [];

    /// <summary>Whether the pictures are answered as addresses.</summary>
    public bool AsUrls { get; init; }

    public JsonNode? WriteOutput(RunPodJob job) => Pictures.Count == 0 ? Output?.DeepClone() : new JsonObject
    {
        ["images"] = new JsonArray([.. Pictures.Select(picture => (JsonNode?)Write(job, picture.FileName, picture.Drawing))]),
    };

    private JsonObject Write(RunPodJob job, string fileName, Drawing drawing) => new()
    {
        ["filename"] = fileName,
        ["type"] = AsUrls ? "s3_url" : "base64",
        ["data"] = AsUrls ? $"{job.BaseUrl}/runpod/s3/{job.Id}/{fileName}?X-Amz-Signature=simulated" : Convert.ToBase64String(drawing.ToPng()),
    };
}
