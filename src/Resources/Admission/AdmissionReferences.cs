using PodEngine.Kubernetes.Objects.Core;
using PodEngine.Resources.GenerationModels;
using PodEngine.Resources.InferenceEndpoints;
using PodEngine.Resources.WorkerPools;

namespace PodEngine.Resources.Admission;

/// <summary>The objects a PodJob refers to, looked up in its namespace by the names of <see cref="ReferencedNames"/>; null for those that do not exist.</summary>
public sealed record AdmissionReferences
{
    /// <summary>The pool of <c>spec.workerPoolName</c>.</summary>
    public WorkerPool? Pool { get; init; }

    /// <summary>The ConfigMap of the pool's <c>catalogConfigMapName</c>.</summary>
    public ConfigMap? Catalog { get; init; }

    /// <summary>The ConfigMap of the pool's <c>workflowsConfigMapName</c>.</summary>
    public ConfigMap? Workflows { get; init; }

    /// <summary>The model of <c>spec.execution.modelName</c>.</summary>
    public GenerationModel? Model { get; init; }

    /// <summary>The endpoint of the model.</summary>
    public InferenceEndpoint? Endpoint { get; init; }

    /// <summary>The ConfigMap of <c>spec.execution.inputsFrom</c>.</summary>
    public ConfigMap? Inputs { get; init; }
}
