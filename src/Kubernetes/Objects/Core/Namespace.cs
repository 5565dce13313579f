namespace PodEngine.Kubernetes.Objects.Core;

/// <summary>A namespace; <see cref="ObjectMeta.DeletionTimestamp"/> tells one that is going.</summary>
[KubernetesEntity(ApiVersion = "v1", Kind = "Namespace", PluralName = "namespaces")]
[EntityScope(EntityScope.Cluster)]
public sealed record Namespace : KubernetesObject
{
    /// <summary>How far its life is.</summary>
    public NamespaceStatus? Status { get; init; }
}
