using PodEngine.Simulators.Knobs;

namespace PodEngine.Simulators.Faults;

/// <summary>Which service a request is for, and its path as that service sees it.</summary>
internal sealed record ServiceRequest(string Service, string Path, int LatencyMs, RandomFaults Chances, SimulatorKnobs Knobs)
{
    public static ServiceRequest? Read(HttpContext context, SimulatorKnobs knobs)
    {
        var path = context.Request.Path.Value ?? "/";
        var end = path.IndexOf('/', 1);
        var prefix = end < 0 ? path[1..] : path[1..end];
        var rest = end < 0 ? "/" : path[end..];
        return prefix switch
        {
            "claude" => new ServiceRequest("claude", rest, 0, knobs.Claude.Random, knobs),
            "runpod" => new ServiceRequest("runpod", rest, knobs.RunPod.RequestLatencyMs, knobs.RunPod.Random, knobs),
            "printify" => new ServiceRequest("printify", rest, knobs.Printify.LatencyMs, knobs.Printify.Random, knobs),
            _ when prefix.StartsWith("comfyui", StringComparison.Ordinal) => new ServiceRequest(
                "comfyui",
                rest.StartsWith("/api/", StringComparison.Ordinal) && !rest.StartsWith("/api/jobs", StringComparison.Ordinal) ? rest[4..] : rest,
                knobs.ComfyUI.RequestLatencyMs,
                knobs.ComfyUI.Random,
                knobs),
            _ => null,
        };
    }
}
