using System.Diagnostics.CodeAnalysis;
using PodEngine.Kubernetes.Objects;

namespace PodEngine.Kubernetes.Watching;

/// <summary>
/// The objects of one kind as last seen, by key. Its informer alone writes; anyone may read at any time. What is read is a moment's
/// view: decide by it, but guard writes by uid and resource version.
/// </summary>
public sealed class ResourceStore<TItem>
{
    private readonly Lock gate = new();
    private readonly Dictionary<ResourceKey, Stored<TItem>> items = [];
    private readonly List<IStoreIndex<TItem>> indexes = [];

    internal ResourceStore()
    {
    }

    /// <summary>How many objects there are.</summary>
    public int Count
    {
        get
        {
            lock (gate)
            {
                return items.Count;
            }
        }
    }

    /// <summary>The object of a key, or null.</summary>
    public Stored<TItem>? Find(ResourceKey key)
    {
        lock (gate)
        {
            return items.GetValueOrDefault(key);
        }
    }

    /// <summary>The projection of an object.</summary>
    public bool TryGet(ResourceKey key, [MaybeNullWhen(false)] out TItem item)
    {
        var found = Find(key);
        item = found is null ? default : found.Item;
        return found is not null;
    }

    /// <summary>The keys of all objects at this moment.</summary>
    public IReadOnlyList<ResourceKey> Keys()
    {
        lock (gate)
        {
            return [.. items.Keys];
        }
    }

    /// <summary>All objects at this moment.</summary>
    public IReadOnlyList<KeyValuePair<ResourceKey, Stored<TItem>>> Snapshot()
    {
        lock (gate)
        {
            return [.. items];
        }
    }

    /// <summary>
    /// Keeps, from now on, which objects have which of the values that <paramref name="valuesOf"/> gives: "which jobs wait for this pool".
    /// </summary>
    public StoreIndex<TItem, TValue> AddIndex<TValue>(Func<ResourceKey, TItem, IEnumerable<TValue>> valuesOf)
        where TValue : notnull
    {
        var index = new StoreIndex<TItem, TValue>(gate, valuesOf);
        lock (gate)
        {
            foreach (var (key, stored) in items)
            {
                ((IStoreIndex<TItem>)index).Add(key, stored.Item);
            }

            indexes.Add(index);
        }

        return index;
    }

    /// <summary>Puts an object in; returns what was there.</summary>
    internal Stored<TItem>? Put(ResourceKey key, Stored<TItem> stored)
    {
        lock (gate)
        {
            items.TryGetValue(key, out var before);
            foreach (var index in indexes)
            {
                if (before is not null)
                {
                    index.Remove(key, before.Item);
                }

                index.Add(key, stored.Item);
            }

            items[key] = stored;
            return before;
        }
    }

    /// <summary>Takes an object out; returns what was there.</summary>
    internal Stored<TItem>? Remove(ResourceKey key)
    {
        lock (gate)
        {
            if (items.Remove(key, out var before))
            {
                foreach (var index in indexes)
                {
                    index.Remove(key, before.Item);
                }
            }

            return before;
        }
    }
}
