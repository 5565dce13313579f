using System.Collections.Concurrent;
using PodEngine.Kubernetes.Applying;
using PodEngine.Kubernetes.Client;
using PodEngine.Kubernetes.Objects;
using PodEngine.Kubernetes.Watching;
using PodEngine.Operator.Watching;
using PodEngine.Resources;
using PodEngine.Resources.PodJobs;

namespace PodEngine.Operator.PodJobs;

/// <summary>
/// The one way in which statuses of PodJobs are written, by the reconciler (not accepted) and the mirror (accepted) alike. It reads its own
/// writes: until the informer has seen one, the answer of the API server is what the next is compared with, so that a status is never taken for
/// written because an older view looks the same.
/// </summary>
internal sealed class PodJobStatuses(Informer<PodJob, PodJobView> podJobs, KubernetesClient client)
{
    private const int Attempts = 4;
    private static readonly PodJobSpec NoSpec = new();
    private readonly StatusWriter writer = new(client);
    private readonly ConcurrentDictionary<string, PodJob> written = new();
    private int pruneAt = 256;

    /// <summary>Makes the status of a PodJob what <paramref name="project"/> makes of its state.</summary>
    /// <param name="key">Its name.</param>
    /// <param name="uid">Its uid; another object of that name is left alone.</param>
    /// <param name="project">The wanted status; called again with the newer state when somebody wrote meanwhile.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The status before and after; null when the PodJob is gone.</returns>
    public async Task<StatusChange?> WriteAsync(ResourceKey key, string uid, Func<PodJob, PodJobStatus> project, CancellationToken cancellationToken)
    {
        var seen = Latest(key, uid) ?? await ReadAsync(key, uid, cancellationToken);
        for (var attempt = 1; seen is not null; attempt++)
        {
            var desired = project(seen);
            try
            {
                var stored = await writer.WriteAsync(
                    CustomResources.PodJobs, seen, seen with { Status = desired }, StatusGuard.Unchanged, cancellationToken);
                if (ReferenceEquals(stored, seen))
                {
                    return new StatusChange(seen.Status, desired, false);
                }

                written[uid] = Slim(stored);
                Prune();
                return new StatusChange(seen.Status, desired, true);
            }
            catch (KubernetesException refusal) when (refusal.IsNotFound && !refusal.IsKindMissing)
            {
                break;
            }
            catch (KubernetesException refusal) when (refusal.IsConflict && attempt < Attempts)
            {
                seen = await ReadAsync(key, uid, cancellationToken);
            }
        }

        written.TryRemove(uid, out _);
        return null;
    }

    /// <summary>The status as last known of.</summary>
    public PodJobStatus? Find(ResourceKey key, string uid) => Latest(key, uid)?.Status;

    private PodJob? Latest(ResourceKey key, string uid)
    {
        var stored = podJobs.Store.Find(key);
        if (written.TryGetValue(uid, out var own))
        {
            if (stored?.ResourceVersion != own.Metadata.ResourceVersion)
            {
                return own;
            }

            written.TryRemove(uid, out _);
        }

        return stored is null || stored.Uid != uid ? null : new PodJob
        {
            Metadata = new ObjectMeta
            {
                Namespace = key.Namespace,
                Name = key.Name,
                Uid = stored.Uid,
                ResourceVersion = stored.ResourceVersion,
                Generation = stored.Item.Generation,
            },
            Spec = NoSpec,
            Status = stored.Item.Status,
        };
    }

    private async Task<PodJob?> ReadAsync(ResourceKey key, string uid, CancellationToken cancellationToken) =>
        await client.FindAsync(CustomResources.PodJobs, key, cancellationToken) is { } found && found.Metadata.Uid == uid ? Slim(found) : null;

    private static PodJob Slim(PodJob podJob) => podJob with { Spec = NoSpec };

    /// <summary>Forgets writes that the informer has seen; costs little because it is done each time they have doubled.</summary>
    private void Prune()
    {
        if (written.Count < Volatile.Read(ref pruneAt))
        {
            return;
        }

        foreach (var (uid, own) in written)
        {
            var stored = podJobs.Store.Find(own.Key());
            if (stored is null || stored.Uid != uid || stored.ResourceVersion == own.Metadata.ResourceVersion)
            {
                written.TryRemove(uid, out _);
            }
        }

        Volatile.Write(ref pruneAt, Math.Max(256, written.Count * 2));
    }
}

/// <summary>What a status write did.</summary>
/// <param name="Before">The status there was.</param>
/// <param name="After">The status there is.</param>
/// <param name="IsWritten">False when nothing differed and nothing was sent.</param>
internal sealed record StatusChange(PodJobStatus? Before, PodJobStatus After, bool IsWritten);
