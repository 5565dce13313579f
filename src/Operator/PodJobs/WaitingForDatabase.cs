using System.Collections.Concurrent;
using PodEngine.Kubernetes.Objects;

namespace PodEngine.Operator.PodJobs;

/// <summary>
/// PodJobs that wait for the database: parked here instead of asking again and again, and handed back all at once when it returns.
/// </summary>
internal sealed class WaitingForDatabase
{
    private readonly ConcurrentDictionary<ResourceKey, bool> keys = new();

    /// <summary>Parks a PodJob.</summary>
    public void Park(ResourceKey key) => keys[key] = true;

    /// <summary>Takes out everything parked.</summary>
    public IReadOnlyList<ResourceKey> TakeAll() => [.. keys.Keys.Where(key => keys.TryRemove(key, out _))];
}
