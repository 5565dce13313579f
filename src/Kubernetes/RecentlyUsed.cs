using System.Diagnostics.CodeAnalysis;

namespace PodEngine.Kubernetes;

/// <summary>A dictionary of bounded size: where it is full, what was asked for least recently makes room. Not safe for many threads.</summary>
internal sealed class RecentlyUsed<TKey, TValue>(int capacity)
    where TKey : notnull
{
    private readonly Dictionary<TKey, LinkedListNode<KeyValuePair<TKey, TValue>>> nodes = [];
    private readonly LinkedList<KeyValuePair<TKey, TValue>> order = new();

    /// <summary>What it holds, most recently used first. Not to be enumerated while it changes.</summary>
    public IEnumerable<KeyValuePair<TKey, TValue>> Items => order;

    /// <summary>The value of a key, which is thereby used.</summary>
    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        if (!nodes.TryGetValue(key, out var node))
        {
            value = default;
            return false;
        }

        order.Remove(node);
        order.AddFirst(node);
        value = node.Value.Value;
        return true;
    }

    /// <summary>Adds a key that is not there; true when <paramref name="evicted"/> had to make room.</summary>
    public bool Add(TKey key, TValue value, out KeyValuePair<TKey, TValue> evicted)
    {
        nodes.Add(key, order.AddFirst(KeyValuePair.Create(key, value)));
        evicted = default;
        if (nodes.Count <= capacity)
        {
            return false;
        }

        evicted = order.Last!.Value;
        Remove(evicted.Key);
        return true;
    }

    /// <summary>Forgets a key.</summary>
    public void Remove(TKey key)
    {
        if (nodes.Remove(key, out var node))
        {
            order.Remove(node);
        }
    }
}
