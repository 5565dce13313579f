using System.Text.Json.Serialization;

namespace PodEngine.Simulators.Knobs;

/// <summary>
/// Behaviour of the simulators. Where a service's documentation leaves room for two readings, both are here;
/// the defaults follow the more likely one. Read and changed over HTTP at <c>/simulator/knobs</c>.
/// </summary>
public sealed record SimulatorKnobs
{
    /// <summary>Seed of all random faults; the same seed and order of requests gives the same faults.</summary>
    public int FaultSeed { get; init; } = 1;

    /// <summary>Claude's Messages API.</summary>
    public ClaudeKnobs Claude { get; init; } = new();

    /// <summary>All simulated ComfyUI servers.</summary>
    [JsonPropertyName("comfyui")]
    public ComfyUIKnobs ComfyUI { get; init; } = new();

    /// <summary>RunPod's serverless job API.</summary>
    [JsonPropertyName("runpod")]
    public RunPodKnobs RunPod { get; init; } = new();

    /// <summary>Printify's REST API.</summary>
    public PrintifyKnobs Printify { get; init; } = new();
}
