using PodEngine.Kubernetes.Objects;

namespace PodEngine.Kubernetes.Watching;

/// <summary>Which objects of a store have which values. The function behind it must give the same values for the same item every time.</summary>
public sealed class StoreIndex<TItem, TValue> : IStoreIndex<TItem>
    where TValue : notnull
{
    private readonly Lock gate;
    private readonly Func<ResourceKey, TItem, IEnumerable<TValue>> valuesOf;
    private readonly Dictionary<TValue, HashSet<ResourceKey>> keys = [];

    internal StoreIndex(Lock gate, Func<ResourceKey, TItem, IEnumerable<TValue>> valuesOf) => (this.gate, this.valuesOf) = (gate, valuesOf);

    /// <summary>The keys of the objects that have a value, at this moment.</summary>
    public IReadOnlyList<ResourceKey> KeysOf(TValue value)
    {
        lock (gate)
        {
            return keys.TryGetValue(value, out var found) ? [.. found] : [];
        }
    }

    /// <summary>How many objects have a value, at this moment.</summary>
    public int CountOf(TValue value)
    {
        lock (gate)
        {
            return keys.TryGetValue(value, out var found) ? found.Count : 0;
        }
    }

    void IStoreIndex<TItem>.Add(ResourceKey key, TItem item)
    {
        foreach (var value in valuesOf(key, item))
        {
            if (!keys.TryGetValue(value, out var having))
            {
                keys[value] = having = [];
            }

            having.Add(key);
        }
    }

    void IStoreIndex<TItem>.Remove(ResourceKey key, TItem item)
    {
        foreach (var value in valuesOf(key, item))
        {
            if (keys.TryGetValue(value, out var having) && having.Remove(key) && having.Count == 0)
            {
                keys.Remove(value);
            }
        }
    }
}
