using System.Globalization;
using PodEngine.Queue;
using PodEngine.Resources.WorkerPools;

namespace PodEngine.Operator.WorkerPools;

/// <summary>
/// Chooses the number of workers of one pool from the length of its queue, in one step: jobs waiting and at work ÷ jobs per worker, within the
/// bounds. Up at once; down to the most that was needed during the stabilization time; to none only after the cooldown. It remembers only what it
/// saw itself, so after a restart it waits these times anew rather than shrink a pool it knows nothing of.
/// </summary>
internal sealed class QueueAutoscaler(TimeProvider time)
{
    private readonly Queue<(long Seen, int Needed)> needs = [];
    private long? watchingSince;
    private long? lastBusy;

    /// <summary>The count for a queue as it is now; null where the database cannot be asked, which holds the current count.</summary>
    public ReplicaDecision Decide(AutoscalingSpec spec, int concurrency, QueueDepth? depth, int current)
    {
        var rule = AutoscalingRule.Of(spec, concurrency);
        if (depth is null)
        {
            return new ReplicaDecision(
                current, WorkerPoolMode.Autoscaling, false, "DatabaseUnavailable",
                "The length of the queue is not known because PostgreSQL cannot be reached; the number of workers is held.");
        }

        var now = time.GetTimestamp();
        watchingSince ??= now;
        lastBusy ??= now;
        var jobs = depth.Waiting + depth.Processing;
        if (jobs > 0)
        {
            lastBusy = now;
        }

        var needed = Math.Clamp((int)Math.Ceiling(jobs / (double)rule.TargetJobsPerWorker), rule.MinReplicas, Math.Max(rule.MinReplicas, rule.MaxReplicas));
        Remember(now, needed, rule.ScaleDownStabilization);
        return needed >= current ? Up(rule, jobs, needed) : Down(rule, jobs, needed, current);
    }

    private static ReplicaDecision Up(AutoscalingRule rule, int jobs, int needed) => new(
        needed, WorkerPoolMode.Autoscaling, true, needed == rule.MaxReplicas ? "AtMaximum" : needed == rule.MinReplicas ? "AtMinimum" : "QueueLength",
        string.Create(CultureInfo.InvariantCulture, $"{rule.TargetJobsPerWorker} jobs per worker, {rule.MinReplicas} to {rule.MaxReplicas} workers."));

    private ReplicaDecision Down(AutoscalingRule rule, int jobs, int needed, int current)
    {
        var settled = Math.Max(needed, needs.Max(static need => need.Needed));
        var seenFor = time.GetElapsedTime(watchingSince!.Value);
        if (seenFor < rule.ScaleDownStabilization)
        {
            settled = current;
        }

        var wait = rule.ScaleDownStabilization;
        if (settled == 0 && time.GetElapsedTime(lastBusy!.Value) is var idle && idle < rule.Cooldown)
        {
            settled = 1;
            wait = rule.Cooldown - idle;
        }

        return settled >= current
            ? new ReplicaDecision(current, WorkerPoolMode.Autoscaling, true, "ScaleDownStabilized", Up(rule, jobs, needed).Message, Least(wait))
            : Up(rule, jobs, needed) with { Replicas = settled, LookAgainAfter = settled > needed ? Least(wait) : null };
    }

    private void Remember(long now, int needed, TimeSpan window)
    {
        needs.Enqueue((now, needed));
        while (needs.Count > 1 && time.GetElapsedTime(needs.Peek().Seen) > window)
        {
            needs.Dequeue();
        }
    }

    private static TimeSpan Least(TimeSpan wait) => wait < TimeSpan.FromSeconds(1) ? TimeSpan.FromSeconds(1) : wait;
}
