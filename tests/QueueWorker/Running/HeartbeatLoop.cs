using System.Collections.Concurrent;
using PodEngine.Queue;

namespace PodEngine.QueueWorker.Running;

/// <summary>Says that the process lives, and passes on what it is told.</summary>
internal sealed class HeartbeatLoop(WorkerSettings settings, IJobQueue queue, ConcurrentDictionary<JobLease, HeldLease> held)
{
    /// <summary>Beats until it is told to end; a beat that fails is followed by the next one.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(settings.Timings.HeartbeatInterval, TimeProvider.System);
        do
        {
            try
            {
                PassOn(await queue.HeartbeatAsync(Beat(), cancellationToken));
            }
            catch (QueueUnavailableException)
            {
                // The next one tells.
            }
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    private WorkerHeartbeat Beat() => new()
    {
        WorkerId = settings.WorkerId,
        Queue = settings.Queue,
        Host = "history",
        Concurrency = settings.Concurrency,
        Held = [.. held.Keys],
    };

    private void PassOn(HeartbeatReply reply)
    {
        Tell(reply.Lost, lease => lease.Lost = true);
        Tell(reply.CancelRequested, lease => lease.Stop = true);
        Tell(reply.SuspendRequested, lease => lease.Suspend = true);
    }

    private void Tell(IEnumerable<JobLease> leases, Action<HeldLease> tell)
    {
        foreach (var lease in leases)
        {
            if (held.TryGetValue(lease, out var mine))
            {
                tell(mine);
            }
        }
    }
}
