namespace PodEngine.Resources.InferenceEndpoints;

/// <summary>Who runs an endpoint.</summary>
public enum InferenceProvider
{
    /// <summary>RunPod serverless.</summary>
    RunPod,
}
