namespace PodEngine.Kubernetes.Objects.Core;

/// <summary>Plain settings by key.</summary>
[KubernetesEntity(ApiVersion = "v1", Kind = "ConfigMap", PluralName = "configmaps")]
public sealed record ConfigMap : KubernetesObject
{
    /// <summary>The values by key; a key is letters, digits, <c>-</c>, <c>_</c> and <c>.</c>.</summary>
    public IReadOnlyDictionary<string, string>? Data { get; init; }

    /// <summary>Whether the API server refuses changes of the data.</summary>
    public bool? Immutable { get; init; }
}
