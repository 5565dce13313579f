namespace PodEngine.Kubernetes.Objects.Coordination;

/// <summary>A name that one holder at a time may use.</summary>
[KubernetesEntity(Group = "coordination.k8s.io", ApiVersion = "v1", Kind = "Lease", PluralName = "leases")]
public sealed record Lease : KubernetesObject
{
    /// <summary>Who holds it.</summary>
    public LeaseSpec? Spec { get; init; }
}
