using PodEngine.Operator.Watching;
using PodEngine.Queue.Steering;
using PodEngine.Resources.WorkerPools;

namespace PodEngine.Operator.WorkerPools;

/// <summary>
/// How a pool comes to fewer workers without taking any from its work, and without writing a pod. Pure.
/// <para>Flow: as many workers as shall go are asked to stop claiming (<see cref="Order"/>). An asked one claims nothing more, says so, and turns
/// NotReady. ReplicaSets remove pods that are NotReady first, so once the asked ones hold nothing the Deployment's replicas are lowered by them
/// (<see cref="Conclude"/>), and the next look goes on from there. When more workers are wanted again, the request is taken back.</para>
/// <para>Guarantees, while PostgreSQL answers: the number is lowered only by workers that were asked, acknowledged it in two reports in a row, hold
/// nothing in the later one and are NotReady, and by pods whose worker does not run; and only while no other pod that may hold a job is NotReady,
/// for the ReplicaSet could take that one instead.</para>
/// <para>Caveats: a person who lowers <c>replicas</c> is obeyed after <c>drainSeconds</c>, or at once while PostgreSQL is away; the pods' grace then
/// lets jobs finish their step. Autoscaling and draining wait as long as it takes.</para>
/// </summary>
internal static class DrainPlan
{
    /// <summary>
    /// How much longer than its patience a pool waits for a pod that is NotReady for reasons of its own: the time a worker may take to start, by its
    /// startup probe.
    /// </summary>
    private static readonly TimeSpan StartPatience = TimeSpan.FromMinutes(2);

    /// <summary>Whom to ask.</summary>
    public static DrainOrder Order(DrainView seen)
    {
        var target = seen.Decision.Replicas;

        // Pods stay for a moment after the replicas were lowered: until they have gone, their workers stay asked.
        var isShrinking = seen.Current > target || (IsAnyAsked(seen.Earlier) && seen.Pods.Count > target);
        var leaving = isShrinking ? seen.Pods.Count - seen.Waiting - target : 0;
        return leaving > 0 ? new DrainOrder(leaving, AsksIdleOnly(seen)) : DrainOrder.None;
    }

    /// <summary>How far the pool may be shrunk now.</summary>
    /// <param name="seen">The pool.</param>
    /// <param name="report">What the order was answered; null where the database cannot be asked.</param>
    public static DrainStep Conclude(DrainView seen, DrainReport? report)
    {
        var target = seen.Decision.Replicas;
        if (seen.Current is not { } current || current <= target || (IsPersons(seen) && (report is null || seen.WantedFor >= seen.Patience)))
        {
            return DrainStep.At(target);
        }

        var replicas = report is null ? current : Math.Max(target, current - Removable(seen, report, current));
        return replicas == target ? DrainStep.At(target) : new DrainStep(replicas, replicas - target, Finishing(seen, report));
    }

    /// <summary>
    /// Draining asks only those that are idle: the queue is held, so the others come to it. Autoscaling asks also workers that hold jobs; when their
    /// patience is over they are let go on, so that the idle ones among them can go.
    /// </summary>
    private static bool AsksIdleOnly(DrainView seen) => seen.Decision.Mode switch
    {
        WorkerPoolMode.Drain => true,
        WorkerPoolMode.Autoscaling => seen.WantedFor >= seen.Patience && seen.Earlier?.Workers.Any(static worker => worker is { IsAsked: true, Jobs: 0 }) == true,
        _ => false,
    };

    private static bool IsPersons(DrainView seen) => seen.Decision.Mode is WorkerPoolMode.Fixed or WorkerPoolMode.Hold;

    private static bool IsAnyAsked(DrainReport? report) => report?.Workers.Any(static worker => worker.IsAsked) == true;

    /// <summary>By how many the replicas can be lowered and only pods go that hold no job.</summary>
    private static int Removable(DrainView seen, DrainReport report, int current)
    {
        var drained = Drained(seen, report);
        var isHeldUp = seen.Pods.Any(pod => pod.Value == WorkerPodStage.NotReady && !drained.Contains(pod.Key) && MayHoldJobs(pod.Key, seen, report));

        // Pods beyond the replicas are on their way out already; what is missing to them has not been made yet.
        return isHeldUp ? 0 : Math.Max(0, drained.Count + seen.Waiting + current - seen.Pods.Count);
    }

    private static HashSet<string> Drained(DrainView seen, DrainReport report)
    {
        var earlier = (seen.Earlier?.Workers ?? []).Where(static worker => worker.HasAcknowledged).Select(static worker => worker.Id).ToHashSet(StringComparer.Ordinal);
        return report.Workers
            .Where(worker => worker is { HasAcknowledged: true, Jobs: 0 } && earlier.Contains(worker.Id))
            .Select(static worker => worker.Host)
            .Where(host => seen.Pods.GetValueOrDefault(host) == WorkerPodStage.NotReady)
            .ToHashSet(StringComparer.Ordinal);
    }

    private static bool MayHoldJobs(string pod, DrainView seen, DrainReport report) =>
        seen.WantedFor < seen.Patience + StartPatience || report.Workers.Any(worker => worker.Host == pod && worker.Jobs > 0);

    private static int? Finishing(DrainView seen, DrainReport? report) =>
        report?.Workers.Count(worker => worker.Jobs > 0 && (worker.IsAsked || seen.Decision.Mode == WorkerPoolMode.Drain));
}
