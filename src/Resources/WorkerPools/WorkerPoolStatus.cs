using PodEngine.Kubernetes.Objects;

namespace PodEngine.Resources.WorkerPools;

/// <summary>How a pool is; written by the operator alone.</summary>
public sealed record WorkerPoolStatus
{
    /// <summary>The generation this speaks of.</summary>
    public long? ObservedGeneration { get; init; }

    /// <summary>Workers there are.</summary>
    public int? Replicas { get; init; }

    /// <summary>Workers that are ready.</summary>
    public int? ReadyReplicas { get; init; }

    /// <summary>Workers there should be.</summary>
    public int? DesiredReplicas { get; init; }

    /// <summary>Label selector of the pods, as text.</summary>
    public string? Selector { get; init; }

    /// <summary>What decides the number of workers.</summary>
    public WorkerPoolMode? Mode { get; init; }

    /// <summary>How long the queue is, roughly.</summary>
    public QueueSummary? Queue { get; init; }

    /// <summary>Workers that restarted too often, by unique name, at most 50.</summary>
    public IReadOnlyList<FailedWorker>? FailedWorkers { get; init; }

    /// <summary>Conditions by the types of <see cref="WorkerPoolConditions"/>.</summary>
    public IReadOnlyList<Condition>? Conditions { get; init; }
}
