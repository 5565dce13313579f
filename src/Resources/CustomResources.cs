using PodEngine.Kubernetes.Objects;
using PodEngine.Resources.GenerationModels;
using PodEngine.Resources.InferenceEndpoints;
using PodEngine.Resources.PodJobs;
using PodEngine.Resources.WorkerPools;

namespace PodEngine.Resources;

/// <summary>The custom resources as the Kubernetes client addresses, reads and writes them.</summary>
public static class CustomResources
{
    /// <summary>PodJobs.</summary>
    public static ResourceType<PodJob> PodJobs { get; } = ResourceType.Of<PodJob>(ResourcesJsonContext.Default);

    /// <summary>WorkerPools.</summary>
    public static ResourceType<WorkerPool> WorkerPools { get; } = ResourceType.Of<WorkerPool>(ResourcesJsonContext.Default);

    /// <summary>InferenceEndpoints.</summary>
    public static ResourceType<InferenceEndpoint> InferenceEndpoints { get; } = ResourceType.Of<InferenceEndpoint>(ResourcesJsonContext.Default);

    /// <summary>GenerationModels.</summary>
    public static ResourceType<GenerationModel> GenerationModels { get; } = ResourceType.Of<GenerationModel>(ResourcesJsonContext.Default);
}
