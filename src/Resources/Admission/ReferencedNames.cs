using PodEngine.Resources.GenerationModels;
using PodEngine.Resources.PodJobs;
using PodEngine.Resources.WorkerPools;

namespace PodEngine.Resources.Admission;

/// <summary>The names to look up for <see cref="AdmissionReferences"/>, all in the PodJob's namespace; null where nothing is referred to.</summary>
public sealed record ReferencedNames
{
    /// <summary>The WorkerPool.</summary>
    public required string Pool { get; init; }

    /// <summary>The ConfigMap with the pool's catalogue.</summary>
    public string? Catalog { get; init; }

    /// <summary>The ConfigMap with the pool's workflows.</summary>
    public string? Workflows { get; init; }

    /// <summary>The GenerationModel.</summary>
    public string? Model { get; init; }

    /// <summary>The model's InferenceEndpoint.</summary>
    public string? Endpoint { get; init; }

    /// <summary>The ConfigMap with the inputs.</summary>
    public string? Inputs { get; init; }

    /// <summary>The names as far as they can be told from what was found: those of ConfigMaps need the pool, that of the endpoint needs the model.</summary>
    public static ReferencedNames Of(PodJob job, WorkerPool? pool, GenerationModel? model) => new()
    {
        Pool = job.Spec.WorkerPoolName,
        Catalog = job.Spec.Design is null ? null : pool?.Spec.Providers.CatalogConfigMapName,
        Workflows = job.Spec.Design?.Image?.WorkflowKey is null ? null : pool?.Spec.Providers.WorkflowsConfigMapName,
        Model = job.Spec.Execution?.ModelName,
        Endpoint = job.Spec.Execution is null ? null : model?.Spec.EndpointName,
        Inputs = job.Spec.Execution?.InputsFrom?.ConfigMapName,
    };
}
