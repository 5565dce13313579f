namespace PodEngine.Kubernetes.Objects;

/// <summary>Whether objects of a kind live in a namespace.</summary>
public enum EntityScope
{
    /// <summary>Each object lives in one namespace.</summary>
    Namespaced,

    /// <summary>Objects belong to the cluster as a whole.</summary>
    Cluster,
}
