using PodEngine.Queue;

namespace PodEngine.QueueWorker.Running;

/// <summary>A lease in hand. The heartbeat writes what the attempt shall do, the attempt reads it.</summary>
internal sealed class HeldLease(JobLease lease)
{
    private volatile bool _lost;
    private volatile bool _stop;
    private volatile bool _suspend;

    public JobLease Lease { get; } = lease;

    public bool Lost
    {
        get => _lost;
        set => _lost = value;
    }

    public bool Stop
    {
        get => _stop;
        set => _stop = value;
    }

    public bool Suspend
    {
        get => _suspend;
        set => _suspend = value;
    }
}
