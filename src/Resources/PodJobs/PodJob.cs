using PodEngine.Kubernetes.Objects;

namespace PodEngine.Resources.PodJobs;

/// <summary>One piece of work for a worker pool: a design that becomes pictures and products, or an execution of a generation model.</summary>
[KubernetesEntity(Group = ResourceGroup.Name, ApiVersion = ResourceGroup.Version, Kind = "PodJob", PluralName = "podjobs")]
public sealed record PodJob : KubernetesObject
{
    /// <summary>What is to be done.</summary>
    public required PodJobSpec Spec { get; init; }

    /// <summary>How far it is; null until the operator has seen the job.</summary>
    public PodJobStatus? Status { get; init; }
}
