using PodEngine.Kubernetes.Objects;
using PodEngine.Operator.Statuses;
using PodEngine.Resources.WorkerPools;

namespace PodEngine.Operator.WorkerPools;

/// <summary>The status of a WorkerPool from what is seen of it. Pure; equal observations give equal statuses.</summary>
internal static class WorkerPoolStatusProjection
{
    /// <summary>The status.</summary>
    /// <param name="pool">The pool; its conditions tell since when they hold.</param>
    /// <param name="seen">What is seen of it.</param>
    /// <param name="queue">The summary of its queue, at the pace at which it may change.</param>
    /// <param name="now">For conditions that flip.</param>
    public static WorkerPoolStatus Project(WorkerPool pool, PoolObservation seen, QueueSummary? queue, DateTimeOffset now)
    {
        var deployed = seen.Deployment?.Status;
        return new WorkerPoolStatus
        {
            ObservedGeneration = pool.Metadata.Generation,
            Replicas = deployed?.Replicas ?? 0,
            ReadyReplicas = deployed?.ReadyReplicas ?? 0,
            DesiredReplicas = seen.Decision.Replicas,
            Selector = WorkerNames.Selector(pool.Metadata.Name!),
            Mode = seen.Decision.Mode,
            Queue = queue,
            FailedWorkers = seen.FailedWorkers.Count == 0 ? null : seen.FailedWorkers,
            Conditions = ConditionsOf(pool, seen, now),
        };
    }

    private static IReadOnlyList<Condition> ConditionsOf(WorkerPool pool, PoolObservation seen, DateTimeOffset now)
    {
        var ready = Ready(pool, seen);
        var progressing = Progressing(seen);
        var degraded = Degraded(seen);
        var stalled = IsStalled(pool, seen);
        var paused = pool.Spec.Paused;
        return new ConditionList(pool.Status?.Conditions, pool.Metadata.Generation ?? 0, now)
            .With(WorkerPoolConditions.Ready, ready.Status, ready.Reason, ready.Message)
            .With(WorkerPoolConditions.Progressing, progressing.Status, progressing.Reason, progressing.Message)
            .With(WorkerPoolConditions.ScalingActive, ConditionStatus.Of(seen.Decision.IsScaling == true), seen.Decision.Reason, seen.Decision.Message)
            .With(WorkerPoolConditions.Paused, ConditionStatus.Of(paused != PauseMode.None), paused == PauseMode.None ? "NotPaused" : paused.ToString(), PausedMessage(paused))
            .With(WorkerPoolConditions.Degraded, ConditionStatus.Of(degraded is not null), degraded?.Reason ?? "AsExpected", degraded?.Message ?? "No worker keeps restarting.")
            .With(WorkerPoolConditions.Reconciling, progressing.Status, progressing.Reason, progressing.Message)
            .With(WorkerPoolConditions.Stalled, ConditionStatus.Of(stalled), stalled ? ready.Reason : "AsExpected",
                stalled ? "Waits for somebody to mend what the condition Ready says." : "Nothing has to be mended.")
            .ToList();
    }

    private static (string Status, string Reason, string Message) Ready(WorkerPool pool, PoolObservation seen)
    {
        if (seen.Fault is { } fault)
        {
            return (ConditionStatus.False, fault.Reason, fault.Message);
        }

        if (IsStorageEphemeral(pool))
        {
            return (ConditionStatus.False, "StorageEphemeral",
                "Pictures are kept in the workers' temporary folders and are lost with them: set spec.providers.storage.filesystem.claimName to a PersistentVolumeClaim "
                + "(ReadWriteMany for more than one worker).");
        }

        var wanted = seen.Decision.Replicas;
        var ready = seen.Deployment?.Status?.ReadyReplicas ?? 0;
        return wanted == 0 ? (ConditionStatus.True, "ScaledToZero", "No workers are wanted.")
            : ready >= wanted && !IsRollingOut(seen) ? (ConditionStatus.True, "WorkersReady", $"{Math.Min(ready, wanted)} of {wanted} workers are ready.")
            : (ConditionStatus.False, "WorkersNotReady", $"{ready} of {wanted} workers are ready.");
    }

    private static (string Status, string Reason, string Message) Progressing(PoolObservation seen) =>
        seen.Fault is { } fault ? (ConditionStatus.False, fault.Reason, "The Deployment is left alone; the condition Ready says why.")
        : IsRollingOut(seen) ? (ConditionStatus.True, "RollingOut", "The Deployment is on its way to what the pool asks for.")
        : seen.Step.IsWaiting ? (ConditionStatus.True, "Draining", DrainingMessage(seen.Step))
        : (ConditionStatus.False, "Settled", "The Deployment is as the pool asks for.");

    private static string DrainingMessage(DrainStep step) => step.Finishing switch
    {
        null => "PostgreSQL cannot be reached, so it is not known who still works; the number of workers is held.",
        0 => $"Workers that shall go: {step.Leaving}. They hold no jobs and are about to leave.",
        _ => $"Workers that shall go: {step.Leaving}, of which {step.Finishing} still finish their jobs.",
    };

    /// <summary>Whether the pool stays as it is until somebody does something.</summary>
    private static bool IsStalled(WorkerPool pool, PoolObservation seen) => seen.Fault is not null || IsStorageEphemeral(pool);

    private static bool IsStorageEphemeral(WorkerPool pool) => pool.Spec.Providers.Storage is { S3: null, Filesystem: null };

    private static bool IsRollingOut(PoolObservation seen) => seen.Deployment is { } deployment && seen.Fault is null
        && (deployment.Status?.ObservedGeneration != deployment.Metadata.Generation
            || (deployment.Status?.UpdatedReplicas ?? 0) < seen.Step.Replicas
            || (deployment.Status?.Replicas ?? 0) != seen.Step.Replicas);

    private static (string Reason, string Message)? Degraded(PoolObservation seen) => seen switch
    {
        { Fault: { IsConflict: true } conflict } => (conflict.Reason, conflict.Message),
        { FailedWorkers: { Count: > 0 } failed } => ("WorkerFailing",
            $"{string.Join(", ", failed.Take(5).Select(static worker => $"{worker.Name} restarted {worker.Restarts} times ({worker.Reason})"))}"
            + $"{(failed.Count > 5 ? " and others" : "")}. Look at the log: kubectl logs {failed[0].Name} --previous"),
        { AreWorkersUnseen: true } => ("WorkersNotSeen",
            "Pods are ready, but none registered in the operator's database. Check that spec.database leads to the same database as the operator's DATABASE_URL."),
        _ => null,
    };

    private static string PausedMessage(PauseMode paused) => paused switch
    {
        PauseMode.Hold => "Workers take no new jobs.",
        PauseMode.Drain => "Workers take no new jobs and go once they have finished theirs.",
        _ => "spec.paused is None.",
    };
}
