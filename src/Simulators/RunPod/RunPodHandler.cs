namespace PodEngine.Simulators.RunPod;

/// <summary>What runs on a simulated endpoint.</summary>
public enum RunPodHandler
{
    /// <summary>worker-comfyui when the input has a <c>workflow</c>, else Echo.</summary>
    Auto,

    /// <summary>worker-comfyui, with its refusals (https://github.com/runpod-workers/worker-comfyui).</summary>
    ComfyUI,

    /// <summary>Answers <c>{"echo": input}</c>.</summary>
    Echo,
}
