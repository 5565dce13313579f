using PodEngine.Resources.WorkerPools;

namespace PodEngine.Operator.WorkerPools;

/// <summary>A pool's autoscaling, with its defaults filled in.</summary>
/// <param name="MinReplicas">Fewest workers.</param>
/// <param name="MaxReplicas">Most workers.</param>
/// <param name="TargetJobsPerWorker">Jobs, waiting and at work, for which one worker is reckoned.</param>
/// <param name="ScaleDownStabilization">How long fewer workers must be enough.</param>
/// <param name="Cooldown">How long the pool must be idle before its last worker goes.</param>
internal sealed record AutoscalingRule(int MinReplicas, int MaxReplicas, int TargetJobsPerWorker, TimeSpan ScaleDownStabilization, TimeSpan Cooldown)
{
    /// <summary>The rule of a pool.</summary>
    public static AutoscalingRule Of(AutoscalingSpec spec, int concurrency) => new(
        spec.MinReplicas,
        spec.MaxReplicas,
        Math.Max(1, spec.TargetJobsPerWorker ?? concurrency),
        TimeSpan.FromSeconds(spec.ScaleDownStabilizationSeconds),
        TimeSpan.FromSeconds(spec.CooldownSeconds));
}
