using PodEngine.Kubernetes.Objects;

namespace PodEngine.Resources.WorkerPools;

/// <summary>A set of equal workers with the providers, keys and shops their jobs use. Its name has at most 52 characters.</summary>
[KubernetesEntity(Group = ResourceGroup.Name, ApiVersion = ResourceGroup.Version, Kind = "WorkerPool", PluralName = "workerpools")]
public sealed record WorkerPool : KubernetesObject
{
    /// <summary>How many workers there are, where they run and what they use.</summary>
    public required WorkerPoolSpec Spec { get; init; }

    /// <summary>How the pool is; null until the operator has seen it.</summary>
    public WorkerPoolStatus? Status { get; init; }
}
