using PodEngine.Operator.Watching;
using PodEngine.Queue.Steering;

namespace PodEngine.Operator.WorkerPools;

/// <summary>What is known of a pool that may have to shrink.</summary>
internal sealed record DrainView
{
    /// <summary>What it shall come to.</summary>
    public required ReplicaDecision Decision { get; init; }

    /// <summary>Replicas its Deployment has; null where there is none.</summary>
    public required int? Current { get; init; }

    /// <summary>Its pods by name, without those that have ended.</summary>
    public required IReadOnlyDictionary<string, WorkerPodStage> Pods { get; init; }

    /// <summary>What was known of its workers when they were asked last; null for nothing.</summary>
    public DrainReport? Earlier { get; init; }

    /// <summary>For how long it has been larger than it shall be.</summary>
    public TimeSpan WantedFor { get; init; }

    /// <summary>How long those that shall go may finish their jobs: the pool's <c>drainSeconds</c>.</summary>
    public required TimeSpan Patience { get; init; }

    /// <summary>Pods whose worker does not run.</summary>
    public int Waiting => Pods.Count(static pod => pod.Value == WorkerPodStage.Waiting);
}
