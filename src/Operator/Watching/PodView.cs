using PodEngine.Kubernetes.Objects.Core;
using PodEngine.Operator.WorkerPools;

namespace PodEngine.Operator.Watching;

/// <summary>What the operator keeps of a worker's pod.</summary>
/// <param name="Pool">The pool it works for.</param>
/// <param name="IsDeleting">Whether it is on its way out.</param>
/// <param name="Restarts">How often its worker restarted.</param>
/// <param name="Reason">Why its worker stopped last, in the kubelet's word.</param>
internal sealed record PodView(string Pool, bool IsDeleting, int Restarts, string Reason)
{
    /// <summary>The view of a pod.</summary>
    public static PodView Of(Pod pod)
    {
        var worker = pod.Status?.ContainerStatuses?.FirstOrDefault(static container => container.Name == WorkerNames.Container);
        return new PodView(
            pod.Metadata.Labels?.GetValueOrDefault(WorkerNames.PoolLabel) ?? "",
            pod.Metadata.DeletionTimestamp is not null,
            worker?.RestartCount ?? 0,
            worker?.LastState?.Terminated?.Reason ?? worker?.State?.Waiting?.Reason ?? "Unknown");
    }
}
