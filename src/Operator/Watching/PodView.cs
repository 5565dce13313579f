using PodEngine.Kubernetes.Objects;
using PodEngine.Kubernetes.Objects.Core;
using PodEngine.Operator.WorkerPools;

namespace PodEngine.Operator.Watching;

/// <summary>What the operator keeps of a worker's pod.</summary>
/// <param name="Pool">The pool it works for.</param>
/// <param name="Stage">How far it has come.</param>
/// <param name="Restarts">How often its worker restarted.</param>
/// <param name="Reason">Why its worker stopped last, in the kubelet's word.</param>
internal sealed record PodView(string Pool, WorkerPodStage Stage, int Restarts, string Reason)
{
    /// <summary>The view of a pod.</summary>
    public static PodView Of(Pod pod)
    {
        var worker = pod.Status?.ContainerStatuses?.FirstOrDefault(static container => container.Name == WorkerNames.Container);
        return new PodView(
            pod.Metadata.Labels?.GetValueOrDefault(WorkerNames.PoolLabel) ?? "",
            StageOf(pod, worker),
            worker?.RestartCount ?? 0,
            worker?.LastState?.Terminated?.Reason ?? worker?.State?.Waiting?.Reason ?? "Unknown");
    }

    private static WorkerPodStage StageOf(Pod pod, ContainerStatus? worker) =>
        pod.Metadata.DeletionTimestamp is not null || pod.Status?.Phase is "Succeeded" or "Failed" ? WorkerPodStage.Ended
        : worker?.State?.Running is null ? WorkerPodStage.Waiting
        : pod.Status?.Conditions?.Any(static condition => condition is { Type: "Ready", Status: ConditionStatus.True }) == true ? WorkerPodStage.Ready
        : WorkerPodStage.NotReady;
}
