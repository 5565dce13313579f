using PodEngine.Kubernetes.Objects;

namespace PodEngine.Kubernetes.Watching;

/// <summary>How a store keeps its indexes current; called under the store's lock.</summary>
internal interface IStoreIndex<in TItem>
{
    /// <summary>An object came in.</summary>
    void Add(ResourceKey key, TItem item);

    /// <summary>An object went out, with the item it came in with.</summary>
    void Remove(ResourceKey key, TItem item);
}
