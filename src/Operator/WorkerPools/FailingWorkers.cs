using PodEngine.Operator.Watching;
using PodEngine.Resources.WorkerPools;

namespace PodEngine.Operator.WorkerPools;

/// <summary>Finds the workers of a pool that restarted more often than the pool allows.</summary>
internal static class FailingWorkers
{
    /// <summary>Most workers listed in a status.</summary>
    public const int MaxListed = 50;

    /// <summary>The failing ones of a pool's pods, most restarts first.</summary>
    public static IReadOnlyList<FailedWorker> Among(IEnumerable<(string Name, PodView Pod)> pods, int maxRestarts) =>
    [
        .. pods.Where(found => found.Pod.Stage != WorkerPodStage.Ended && found.Pod.Restarts > maxRestarts)
            .OrderByDescending(static found => found.Pod.Restarts)
            .ThenBy(static found => found.Name, StringComparer.Ordinal)
            .Take(MaxListed)
            .Select(static found => new FailedWorker { Name = found.Name, Restarts = found.Pod.Restarts, Reason = found.Pod.Reason }),
    ];
}
