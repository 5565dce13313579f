using PodEngine.Kubernetes.Objects;

namespace PodEngine.Kubernetes.Watching;

/// <summary>Where a reflector puts what it sees; called by one loop.</summary>
internal interface IReflectorSink<in T>
    where T : KubernetesObject
{
    /// <summary>The keys that are taken to exist.</summary>
    IReadOnlyList<ResourceKey> Known();

    /// <summary>An object was seen in this state, perhaps not for the first time.</summary>
    void Seen(ResourceKey key, T entity, bool isFromList);

    /// <summary>An object is no longer there; perhaps it was not known.</summary>
    void Gone(ResourceKey key, bool isFromList);

    /// <summary>A whole list has been taken in.</summary>
    void Listed();
}
