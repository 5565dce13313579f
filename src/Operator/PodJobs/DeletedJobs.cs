using PodEngine.Kubernetes.Objects;
using PodEngine.Kubernetes.Watching;
using PodEngine.Operator.Watching;

namespace PodEngine.Operator.PodJobs;

/// <summary>
/// Uids of PodJobs that went, by name: noted by the informer's loop once this process leads, taken by the reconcile of that name, which runs after
/// any earlier one has ended, so that no upsert under way can follow the cancellation.
/// </summary>
internal sealed class DeletedJobs
{
    private readonly Lock gate = new();
    private readonly Dictionary<ResourceKey, List<string>> uids = [];
    private volatile bool hasBegun;

    /// <summary>
    /// Notes deletions from now on. Called when the term begins, after the controller was started and before the sweep, which finds what went
    /// earlier: a standby, whose reconciles take nothing, would collect them for ever.
    /// </summary>
    public void Begin() => hasBegun = true;

    /// <summary>Notes a change if it is a deletion.</summary>
    public void Note(ResourceChange<PodJobView> change)
    {
        if (hasBegun && change is { After: null, Before: { } gone })
        {
            PutBack(change.Key, [gone.Uid]);
        }
    }

    /// <summary>Takes the uids of a name.</summary>
    public IReadOnlyList<string> Take(ResourceKey key)
    {
        lock (gate)
        {
            return uids.Remove(key, out var gone) ? gone : [];
        }
    }

    /// <summary>Puts uids back that could not be dealt with.</summary>
    public void PutBack(ResourceKey key, IEnumerable<string> gone)
    {
        lock (gate)
        {
            if (!uids.TryGetValue(key, out var known))
            {
                uids[key] = known = [];
            }

            known.AddRange(gone);
        }
    }
}
