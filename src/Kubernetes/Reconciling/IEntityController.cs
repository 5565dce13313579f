using PodEngine.Kubernetes.Objects;

namespace PodEngine.Kubernetes.Reconciling;

/// <summary>
/// Brings the world in line with one object. The names are KubeOps's; the contract is levels, not edges: a call says "look at this object",
/// never what happened to it, may come at any time and twice, and is not made for two states of one object at once.
/// </summary>
/// <typeparam name="TItem">What the informer keeps of an object.</typeparam>
public interface IEntityController<in TItem>
{
    /// <summary>Looks at an object that exists, as last seen. The token ends with the controller and with the reconcile's time limit.</summary>
    Task<ReconcileOutcome> ReconcileAsync(ResourceKey key, TItem entity, CancellationToken cancellationToken);

    /// <summary>
    /// Looks at an object that is no longer there, with how that is known. Not called for what went before the start. Of an object that was
    /// created again meanwhile only the new one is looked at.
    /// </summary>
    Task<ReconcileOutcome> DeletedAsync(ResourceKey key, DeletionEvidence evidence, CancellationToken cancellationToken) => Task.FromResult(ReconcileOutcome.Done);
}
