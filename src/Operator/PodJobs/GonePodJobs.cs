using PodEngine.Kubernetes.Client;
using PodEngine.Kubernetes.Objects;
using PodEngine.Operator.Watching;
using PodEngine.Queue;
using PodEngine.Resources;

namespace PodEngine.Operator.PodJobs;

/// <summary>
/// Tells whose PodJob is gone, so that nobody can apply it again: a new one of the same name has another uid. Said only when the API server confirms it, and
/// never of a namespace that is not watched.
/// </summary>
internal sealed class GonePodJobs(IJobQueue queue, ClusterView cluster, KubernetesClient client, string? watchNamespace)
{
    /// <summary>Whether the PodJob of a job is gone; false when the queue does not know the job.</summary>
    /// <exception cref="KubernetesException">The API server refuses to say.</exception>
    /// <exception cref="KubernetesUnreachableException">The API server is away.</exception>
    public async Task<bool> IncludesAsync(JobId job, CancellationToken cancellationToken)
    {
        if (await queue.FindAsync(job, cancellationToken) is not { } known || (watchNamespace ?? known.Queue.Namespace) != known.Queue.Namespace)
        {
            return false;
        }

        var key = new ResourceKey(known.Queue.Namespace, known.Name);
        var uid = job.ToString();
        return cluster.PodJobs.Store.Find(key)?.Uid != uid
            && (await client.FindAsync(CustomResources.PodJobs, key, cancellationToken))?.Metadata.Uid != uid;
    }
}
