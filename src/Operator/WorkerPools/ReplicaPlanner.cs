using PodEngine.Operator.Statuses;
using PodEngine.Queue;
using PodEngine.Resources.WorkerPools;

namespace PodEngine.Operator.WorkerPools;

/// <summary>Decides how many workers a pool shall have: none while it drains, else what autoscaling or the spec says.</summary>
internal static class ReplicaPlanner
{
    /// <summary>The decision.</summary>
    /// <param name="spec">The pool.</param>
    /// <param name="depth">Its queue; null where the database cannot be asked.</param>
    /// <param name="current">Replicas its Deployment has now; null where there is none.</param>
    /// <param name="autoscaler">The pool's autoscaler.</param>
    public static ReplicaDecision Decide(WorkerPoolSpec spec, QueueDepth? depth, int? current, QueueAutoscaler autoscaler)
    {
        if (spec.Paused == PauseMode.Drain)
        {
            return new ReplicaDecision(0, WorkerPoolMode.Drain, false, "Paused", "The pool is paused: spec.paused is Drain.");
        }

        var isHeld = spec.Paused == PauseMode.Hold;
        if (spec.Autoscaling is not { } autoscaling)
        {
            return new ReplicaDecision(
                spec.Replicas, isHeld ? WorkerPoolMode.Hold : WorkerPoolMode.Fixed, false, "Fixed", "spec.replicas decides the number of workers.");
        }

        if (isHeld)
        {
            return new ReplicaDecision(
                current ?? autoscaling.MinReplicas, WorkerPoolMode.Hold, false, "Paused", "The pool is paused: the number of workers is held.");
        }

        return autoscaler.Decide(autoscaling, spec.Concurrency, depth, current ?? autoscaling.MinReplicas);
    }

    /// <summary>The decision of no decision: a spec that breaks its rules moves nothing.</summary>
    public static ReplicaDecision Keep(WorkerPoolSpec spec, int? current) => new(
        current ?? 0, spec.Autoscaling is null ? WorkerPoolMode.Fixed : WorkerPoolMode.Autoscaling, false, ConditionReasons.SpecInvalid,
        "The number of workers is left as it is until the spec is mended; the condition Ready says what is wrong.");
}
