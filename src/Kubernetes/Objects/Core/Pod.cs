namespace PodEngine.Kubernetes.Objects.Core;

/// <summary>A pod as an observer needs it: its state, not its specification.</summary>
[KubernetesEntity(ApiVersion = "v1", Kind = "Pod", PluralName = "pods")]
public sealed record Pod : KubernetesObject
{
    /// <summary>What the kubelet reports.</summary>
    public PodStatus? Status { get; init; }
}
