using PodEngine.Kubernetes.Applying;
using PodEngine.Kubernetes.Client;
using PodEngine.Kubernetes.Objects;
using PodEngine.Kubernetes.Reconciling;
using PodEngine.Operator.Watching;
using PodEngine.Resources;
using PodEngine.Resources.GenerationModels;

namespace PodEngine.Operator.GenerationModels;

/// <summary>Shows whether a GenerationModel is sound and its endpoint ready.</summary>
internal sealed class GenerationModelReconciler(KubernetesClient client, ClusterView cluster, TimeProvider time)
    : IEntityController<Specified<GenerationModel>>
{
    private readonly StatusWriter statuses = new(client);

    /// <inheritdoc/>
    public async Task<ReconcileOutcome> ReconcileAsync(ResourceKey key, Specified<GenerationModel> entity, CancellationToken cancellationToken)
    {
        var model = entity.Entity;
        var endpoint = cluster.InferenceEndpoints.Store.TryGet(new ResourceKey(key.Namespace, model.Spec.EndpointName), out var found) ? found.Entity : null;
        var desired = model with { Status = GenerationModelStatusProjection.Project(model, endpoint, time.GetUtcNow()) };
        await statuses.WriteAsync(CustomResources.GenerationModels, model, desired, StatusGuard.Unchanged, cancellationToken);
        return ReconcileOutcome.Done;
    }
}
