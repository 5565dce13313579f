using PodEngine.Kubernetes.Applying;
using PodEngine.Kubernetes.Client;
using PodEngine.Kubernetes.Objects;
using PodEngine.Kubernetes.Reconciling;
using PodEngine.Operator.Statuses;
using PodEngine.Operator.Watching;
using PodEngine.Resources;
using PodEngine.Resources.InferenceEndpoints;
using PodEngine.Resources.Rules;

namespace PodEngine.Operator.InferenceEndpoints;

/// <summary>Shows whether an InferenceEndpoint may be used. The operator calls no provider: whether one can be reached, workers find out.</summary>
internal sealed class InferenceEndpointReconciler(KubernetesClient client, TimeProvider time) : IEntityController<Specified<InferenceEndpoint>>
{
    private readonly StatusWriter statuses = new(client);

    /// <inheritdoc/>
    public async Task<ReconcileOutcome> ReconcileAsync(ResourceKey key, Specified<InferenceEndpoint> entity, CancellationToken cancellationToken)
    {
        var endpoint = entity.Entity;
        var desired = endpoint with { Status = Project(endpoint, time.GetUtcNow()) };
        await statuses.WriteAsync(CustomResources.InferenceEndpoints, endpoint, desired, StatusGuard.Unchanged, cancellationToken);
        return ReconcileOutcome.Done;
    }

    /// <summary>The status of an endpoint. Pure.</summary>
    internal static InferenceEndpointStatus Project(InferenceEndpoint endpoint, DateTimeOffset now)
    {
        var faults = InferenceEndpointRules.Check(endpoint);
        var isActive = endpoint.Spec.Active;
        var isReady = isActive && faults.Count == 0;
        return new InferenceEndpointStatus
        {
            ObservedGeneration = endpoint.Metadata.Generation,
            Conditions = new ConditionList(endpoint.Status?.Conditions, endpoint.Metadata.Generation ?? 0, now)
                .With(
                    "Ready", ConditionStatus.Of(isReady), faults.Count > 0 ? ConditionReasons.SpecInvalid : isActive ? "Active" : "Inactive",
                    faults.Count > 0 ? ConditionMessage.Of(faults) : isActive ? "Jobs may use the endpoint." : "New jobs are rejected (ERR_6102) while spec.active is false.")
                .With("Reachable", ConditionStatus.Unknown, "NoWorkers", "No worker has asked the endpoint yet.")
                .ToList(),
        };
    }
}
