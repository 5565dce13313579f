using PodEngine.Queue;
using PodEngine.Queue.Steering;
using PodEngine.Resources.WorkerPools;

namespace PodEngine.Operator.WorkerPools;

/// <summary>
/// What the operator remembers of one pool between passes. Losing it costs nothing but waiting: times count anew, an apply is repeated. Belongs to
/// the reconcile of its pool, of which there is one at a time.
/// </summary>
internal sealed class PoolMemory(TimeProvider time)
{
    /// <summary>Least time between two changes of the queue's summary.</summary>
    public static readonly TimeSpan SummaryInterval = TimeSpan.FromSeconds(10);

    /// <summary>How long ready pods may go without registering before that is worth saying.</summary>
    public static readonly TimeSpan UnseenPatience = TimeSpan.FromSeconds(30);

    private readonly HashSet<string> behind = [];
    private WorkerPool? written;
    private long? summaryChangedAt;
    private long? unseenSince;
    private long? largerSince;

    /// <summary>The autoscaler of this pool.</summary>
    public QueueAutoscaler Autoscaler { get; } = new(time);

    /// <summary>Generation of the Deployment after the last apply: another one means that somebody else changed it.</summary>
    public long? AppliedGeneration { get; set; }

    /// <summary>Replicas of the last apply that succeeded; null for none, or where the Deployment was made by another process.</summary>
    public int? AppliedReplicas { get; set; }

    /// <summary>What the database was told last of holding the queue.</summary>
    public LastWord<bool> Held { get; } = new(time);

    /// <summary>What the database was told last of workers that shall stop claiming.</summary>
    public LastWord<DrainOrder> Ordered { get; } = new(time);

    /// <summary>What was answered to that; null where the database could not be asked.</summary>
    public DrainReport? LastDrain { get; set; }

    /// <summary>What kept the last apply from succeeding; null for nothing.</summary>
    public PoolFault? Fault { get; set; }

    /// <summary>The apply that was refused last because others own fields of it; null once one succeeded.</summary>
    public RefusedApply? Refused { get; set; }

    /// <summary>The pool as it is known to be: own writes count before the informer has seen them.</summary>
    public WorkerPool Latest(WorkerPool stored)
    {
        if (written is { } own && behind.Contains(stored.Metadata.ResourceVersion ?? ""))
        {
            return stored with { Metadata = stored.Metadata with { ResourceVersion = own.Metadata.ResourceVersion }, Status = own.Status };
        }

        written = null;
        behind.Clear();
        return stored;
    }

    /// <summary>Remembers a status write: what it was based on and what it gave.</summary>
    public void Wrote(WorkerPool basis, WorkerPool stored)
    {
        if (!ReferenceEquals(basis, stored))
        {
            behind.Add(basis.Metadata.ResourceVersion ?? "");
            written = stored;
        }
    }

    /// <summary>The summary to show: the one shown already unless it is due for another.</summary>
    public QueueSummary? Summarize(QueueSummary? shown, QueueDepth? depth)
    {
        if (depth is null)
        {
            return shown;
        }

        var current = new QueueSummary
        {
            Pending = QueueSummary.Bucket(depth.Waiting + depth.Scheduled),
            Processing = QueueSummary.Bucket(depth.Processing),
            OldestPendingTime = depth.OldestWaitingSince is { } oldest ? Kubernetes.Objects.KubernetesTime.WholeSeconds(oldest) : null,
        };
        if (current == shown || (shown is not null && summaryChangedAt is { } at && time.GetElapsedTime(at) < SummaryInterval))
        {
            return shown;
        }

        summaryChangedAt = time.GetTimestamp();
        return current;
    }

    /// <summary>For how long the pool has been larger than it shall be; zero while it is not.</summary>
    public TimeSpan LargerFor(bool isLarger)
    {
        largerSince = isLarger ? largerSince ?? time.GetTimestamp() : null;
        return largerSince is { } since ? time.GetElapsedTime(since) : TimeSpan.Zero;
    }

    /// <summary>Whether pods have been ready for a while although no worker registered.</summary>
    public bool AreWorkersUnseen(int readyReplicas, QueueDepth? depth)
    {
        if (depth is null)
        {
            return unseenSince is { } since && time.GetElapsedTime(since) >= UnseenPatience;
        }

        unseenSince = readyReplicas > 0 && depth.Workers == 0 ? unseenSince ?? time.GetTimestamp() : null;
        return unseenSince is { } from && time.GetElapsedTime(from) >= UnseenPatience;
    }
}
