namespace PodEngine.Resources.WorkerPools;

/// <summary>ComfyUI on a RunPod endpoint.</summary>
public sealed record RunPodSpec
{
    /// <summary>Name of the InferenceEndpoint in the same namespace.</summary>
    public required string EndpointName { get; init; }

    /// <summary>Address of RunPod's API; null for the endpoint's or RunPod's own.</summary>
    public string? BaseUrl { get; init; }
}
