using System.Collections.Concurrent;
using PodEngine.Kubernetes.Applying;
using PodEngine.Kubernetes.Client;
using PodEngine.Kubernetes.Objects;
using PodEngine.Kubernetes.Objects.Apps;
using PodEngine.Kubernetes.Reconciling;
using PodEngine.Kubernetes.Recording;
using PodEngine.Kubernetes.Watching;
using PodEngine.Operator.Database;
using PodEngine.Operator.Installation;
using PodEngine.Operator.Recording;
using PodEngine.Operator.Statuses;
using PodEngine.Operator.Watching;
using PodEngine.Queue;
using PodEngine.Resources;
using PodEngine.Resources.Rules;
using PodEngine.Resources.WorkerPools;

namespace PodEngine.Operator.WorkerPools;

/// <summary>
/// Makes a pool's Deployment what the pool asks for, by server-side apply, and shows in the pool's status what became of it. Never writes the
/// pool's spec, a pod, or a field of the Deployment that somebody else owns.
/// </summary>
internal sealed class WorkerPoolReconciler(
    ClusterView cluster, KubernetesClient client, FieldOwner owner, DeploymentRenderer renderer, IJobQueue queue, PoolSteerer steerer, DatabaseHealth health,
    InstallationIdentity installation, EventRecorder recorder, StoreIndex<PodView, ResourceKey> podsByPool, string? defaultImage, TimeProvider time)
    : IEntityController<Specified<WorkerPool>>
{
    /// <summary>How often the queue of a pool is looked at.</summary>
    public static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(10);

    /// <summary>The same for a pool that scales by it, or waits for workers to leave.</summary>
    public static readonly TimeSpan ScalingInterval = TimeSpan.FromSeconds(2);

    private readonly StatusWriter statuses = new(client);
    private readonly ConcurrentDictionary<ResourceKey, PoolMemory> memories = new();

    /// <inheritdoc/>
    public async Task<ReconcileOutcome> ReconcileAsync(ResourceKey key, Specified<WorkerPool> entity, CancellationToken cancellationToken)
    {
        if (entity.Entity.Metadata.DeletionTimestamp is not null)
        {
            return ReconcileOutcome.Done;
        }

        var memory = memories.GetOrAdd(key, static (_, clock) => new PoolMemory(clock), time);
        var pool = memory.Latest(entity.Entity);
        var depth = await MeasureAsync(key, cancellationToken);
        var (decision, step, deployment) = WorkerPoolRules.Check(pool) is { Count: > 0 } faults
            ? Leave(pool, faults, FindDeployment(key), memory)
            : await SettleAsync(key, pool, depth, FindDeployment(key), memory, cancellationToken);
        var seen = new PoolObservation
        {
            Deployment = deployment,
            Decision = decision,
            Step = step,
            Depth = depth,
            Fault = memory.Fault,
            FailedWorkers = FailingWorkers.Among(PodsOf(key), pool.Spec.MaxRestarts),
            AreWorkersUnseen = memory.AreWorkersUnseen(deployment?.Status?.ReadyReplicas ?? 0, depth),
        };
        await WriteStatusAsync(pool, seen, memory, cancellationToken);
        return ReconcileOutcome.Again(NextLook(pool, decision, step));
    }

    /// <inheritdoc/>
    public Task<ReconcileOutcome> DeletedAsync(ResourceKey key, DeletionEvidence evidence, CancellationToken cancellationToken)
    {
        // The Deployment has an owner reference: the cluster's garbage collector takes it.
        memories.TryRemove(key, out _);
        return Task.FromResult(ReconcileOutcome.Done);
    }

    private static TimeSpan NextLook(WorkerPool pool, ReplicaDecision decision, DrainStep step)
    {
        var regular = pool.Spec.Autoscaling is null && !step.IsWaiting ? LookInterval : ScalingInterval;
        return decision.LookAgainAfter is { } sooner && sooner < regular ? sooner : regular;
    }

    private async Task<QueueDepth?> MeasureAsync(ResourceKey key, CancellationToken cancellationToken)
    {
        if (!health.IsAvailable)
        {
            return null;
        }

        try
        {
            return await queue.MeasureAsync(new QueueKey(installation.Id, key.Namespace, key.Name), cancellationToken);
        }
        catch (QueueUnavailableException)
        {
            health.Failed();
            return null;
        }
    }

    /// <summary>Moves nothing, because the spec breaks its rules.</summary>
    private static (ReplicaDecision Decision, DrainStep Step, Deployment? Deployment) Leave(
        WorkerPool pool, IReadOnlyList<SpecFault> faults, Deployment? deployment, PoolMemory memory)
    {
        memory.Fault = new PoolFault(ConditionReasons.SpecInvalid, ConditionMessage.Of(faults), false);
        var decision = ReplicaPlanner.Keep(pool.Spec, deployment?.Spec?.Replicas);
        return (decision, DrainStep.At(decision.Replicas), deployment);
    }

    /// <summary>Brings the pool as near to its spec as can be now.</summary>
    private async Task<(ReplicaDecision Decision, DrainStep Step, Deployment? Deployment)> SettleAsync(
        ResourceKey key, WorkerPool pool, QueueDepth? depth, Deployment? deployment, PoolMemory memory, CancellationToken cancellationToken)
    {
        // What was applied last: the store may not have seen it yet, and what others wrote since is a conflict, not a count to start from.
        var current = deployment is null ? null : memory.AppliedReplicas ?? deployment.Spec?.Replicas;
        await steerer.HoldAsync(key, pool.Spec.Paused != PauseMode.None, memory, cancellationToken);
        var decision = ReplicaPlanner.Decide(pool.Spec, depth, current, memory.Autoscaler);
        var step = await steerer.ShrinkAsync(key, Shrinking(key, pool, decision, current, memory), memory, cancellationToken);
        return (decision, step, await ApplyAsync(key, pool, step.Replicas, deployment, memory, cancellationToken));
    }

    private Deployment? FindDeployment(ResourceKey key) =>
        cluster.Deployments.Store.TryGet(new ResourceKey(key.Namespace, WorkerNames.Deployment(key.Name)), out var found) ? found : null;

    private IEnumerable<(string Name, PodView Pod)> PodsOf(ResourceKey key) => podsByPool.KeysOf(key)
        .Select(pod => (pod.Name, Pod: cluster.Pods.Store.Find(pod)?.Item))
        .Where(static found => found.Pod is not null)
        .Select(static found => (found.Name, found.Pod!));

    private DrainView Shrinking(ResourceKey key, WorkerPool pool, ReplicaDecision decision, int? current, PoolMemory memory) => new()
    {
        Decision = decision,
        Current = current,
        Pods = PodsOf(key).Where(static found => found.Pod.Stage != WorkerPodStage.Ended)
            .ToDictionary(static found => found.Name, static found => found.Pod.Stage, StringComparer.Ordinal),
        Earlier = memory.LastDrain,
        WantedFor = memory.LargerFor(current > decision.Replicas),
        Patience = TimeSpan.FromSeconds(pool.Spec.DrainSeconds),
    };

    /// <summary>Applies the Deployment if it is not as applied last; returns it as it is now.</summary>
    private async Task<Deployment?> ApplyAsync(
        ResourceKey key, WorkerPool pool, int replicas, Deployment? current, PoolMemory memory, CancellationToken cancellationToken)
    {
        var image = pool.Spec.Image ?? defaultImage;
        var endpointName = pool.Spec.Providers.RunPod?.EndpointName;
        var endpoint = endpointName is not null
            && cluster.InferenceEndpoints.Store.TryGet(new ResourceKey(key.Namespace, endpointName), out var found) ? found.Entity : null;
        if (image is null || (endpointName is not null && endpoint is null))
        {
            memory.Fault = image is null
                ? new PoolFault("ImageNotConfigured", "There is no image for the workers: set spec.image, or WORKER_IMAGE at the operator.", false)
                : new PoolFault("EndpointNotFound", $"There is no InferenceEndpoint '{endpointName}' in namespace '{key.Namespace}': create it, or change spec.providers.runPod.endpointName.", false);
            return current;
        }

        var wanted = renderer.Render(pool, PoolSettingsRenderer.Render(pool, installation.Id, endpoint, WorkerNames.StorageFolder), image, replicas);
        if (current is not null && memory.AppliedGeneration == current.Metadata.Generation && HashOf(current) == HashOf(wanted))
        {
            (memory.Fault, memory.Refused) = (null, null);
            return current;
        }

        if (memory.Refused is { } refused && refused.IsSame(current?.Metadata.ResourceVersion, HashOf(wanted)))
        {
            memory.Fault = refused.Fault;
            return current;
        }

        switch (await owner.ApplyAsync(BuiltIn.Deployments, wanted, current, cancellationToken))
        {
            case ApplyOutcome<Deployment>.Applied applied:
                memory.AppliedGeneration = applied.Stored.Metadata.Generation;
                memory.AppliedReplicas = replicas;
                (memory.Fault, memory.Refused) = (null, null);
                return applied.Stored;
            case ApplyOutcome<Deployment>.Conflict conflict:
                Tell(pool, memory, conflict.Fields);
                memory.Refused = new RefusedApply(current?.Metadata.ResourceVersion, HashOf(wanted), memory.Fault!);
                return current;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private void Tell(WorkerPool pool, PoolMemory memory, IReadOnlyList<FieldConflict> fields)
    {
        var fault = new PoolFault(
            EventReasons.FieldConflict,
            $"Others have changed fields of Deployment {WorkerNames.Deployment(pool.Metadata.Name!)} that the pool decides, so it is left alone: "
            + $"{string.Join("; ", fields.Select(static field => $"{field.Field} ({field.Message})"))}. Delete the Deployment to have it made anew.",
            true);
        if (memory.Fault != fault)
        {
            recorder.Record(ObjectReference.To(pool), EventType.Warning, EventReasons.FieldConflict, "Apply", fault.Message);
        }

        memory.Fault = fault;
    }

    private static string? HashOf(Deployment deployment) => deployment.Metadata.Annotations?.GetValueOrDefault(WorkerNames.AppliedHashAnnotation);

    private async Task WriteStatusAsync(WorkerPool pool, PoolObservation seen, PoolMemory memory, CancellationToken cancellationToken)
    {
        var summary = memory.Summarize(pool.Status?.Queue, seen.Depth);
        var status = WorkerPoolStatusProjection.Project(pool, seen, summary, time.GetUtcNow());
        var wasFailing = pool.Status?.FailedWorkers is { Count: > 0 };
        memory.Wrote(pool, await statuses.WriteAsync(CustomResources.WorkerPools, pool, pool with { Status = status }, StatusGuard.Unchanged, cancellationToken));
        if (seen.FailedWorkers is { Count: > 0 } failed && !wasFailing)
        {
            recorder.Record(
                ObjectReference.To(pool), EventType.Warning, EventReasons.WorkerFailing, "Watch",
                $"Worker {failed[0].Name} restarted {failed[0].Restarts} times ({failed[0].Reason}); look at its log: kubectl logs {failed[0].Name} --previous");
        }
    }
}
