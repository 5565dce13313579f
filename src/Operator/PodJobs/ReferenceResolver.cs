using PodEngine.Kubernetes.Client;
using PodEngine.Kubernetes.Objects;
using PodEngine.Kubernetes.Objects.Core;
using PodEngine.Kubernetes.Watching;
using PodEngine.Operator.Watching;
using PodEngine.Resources.Admission;
using PodEngine.Resources.PodJobs;

namespace PodEngine.Operator.PodJobs;

/// <summary>Looks up what a PodJob refers to: kinds of ours as the informers have them, ConfigMaps live, because only their digests are kept.</summary>
internal sealed class ReferenceResolver(ClusterView cluster, KubernetesClient client)
{
    /// <summary>The objects referred to; null for those that do not exist.</summary>
    public async Task<AdmissionReferences> ResolveAsync(PodJob podJob, CancellationToken cancellationToken)
    {
        var where = podJob.Metadata.Namespace!;
        var pool = Find(cluster.WorkerPools.Store, where, podJob.Spec.WorkerPoolName);
        var model = Find(cluster.GenerationModels.Store, where, podJob.Spec.Execution?.ModelName);
        var names = ReferencedNames.Of(podJob, pool, model);
        return new AdmissionReferences
        {
            Pool = pool,
            Model = model,
            Endpoint = Find(cluster.InferenceEndpoints.Store, where, names.Endpoint),
            Catalog = await ReadAsync(where, names.Catalog, cancellationToken),
            Workflows = await ReadAsync(where, names.Workflows, cancellationToken),
            Inputs = await ReadAsync(where, names.Inputs, cancellationToken),
        };
    }

    private static T? Find<T>(ResourceStore<Specified<T>> store, string where, string? name)
        where T : KubernetesObject =>
        name is not null && store.TryGet(new ResourceKey(where, name), out var found) ? found.Entity : null;

    private async Task<ConfigMap?> ReadAsync(string where, string? name, CancellationToken cancellationToken) =>
        name is null ? null : await client.FindAsync(BuiltIn.ConfigMaps, new ResourceKey(where, name), cancellationToken);
}
