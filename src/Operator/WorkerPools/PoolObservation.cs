using PodEngine.Kubernetes.Objects.Apps;
using PodEngine.Queue;
using PodEngine.Resources.WorkerPools;

namespace PodEngine.Operator.WorkerPools;

/// <summary>What is seen of a pool in one pass; its status is concluded from nothing else.</summary>
internal sealed record PoolObservation
{
    /// <summary>Its Deployment; null where there is none.</summary>
    public Deployment? Deployment { get; init; }

    /// <summary>How many workers it shall have and why.</summary>
    public required ReplicaDecision Decision { get; init; }

    /// <summary>How far that has come where it means fewer workers; by default as far as it can.</summary>
    public DrainStep Step { get => field ?? DrainStep.At(Decision.Replicas); init; }

    /// <summary>Its queue; null where the database cannot be asked.</summary>
    public QueueDepth? Depth { get; init; }

    /// <summary>Workers that restarted too often, worst first.</summary>
    public IReadOnlyList<FailedWorker> FailedWorkers { get; init; } = [];

    /// <summary>Why the Deployment could not be made as the pool wants it; null where it could.</summary>
    public PoolFault? Fault { get; init; }

    /// <summary>True once pods have been ready for a while and none registered in this database.</summary>
    public bool AreWorkersUnseen { get; init; }
}

/// <summary>Why a pool's Deployment is not as the pool wants it.</summary>
/// <param name="Reason">One word.</param>
/// <param name="Message">What to do.</param>
/// <param name="IsConflict">True where somebody else owns fields of the Deployment, false where nothing could be rendered.</param>
internal sealed record PoolFault(string Reason, string Message, bool IsConflict);
