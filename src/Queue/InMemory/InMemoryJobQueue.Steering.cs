using PodEngine.Queue.Steering;
using PodEngine.Queue.Waking;

namespace PodEngine.Queue.InMemory;

public sealed partial class InMemoryJobQueue : IWorkerSteering
{
    private readonly HashSet<QueueKey> _heldQueues = [];

    /// <inheritdoc/>
    public Task HoldAsync(QueueKey queue, bool held, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(queue);
        if (Locked(_ => held ? _heldQueues.Add(queue) : _heldQueues.Remove(queue), cancellationToken) && !held)
        {
            _signals.Wake(WakeTopics.Lane(queue));
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<DrainReport> DrainAsync(QueueKey queue, int workers, bool idleOnly, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(queue);
        ArgumentOutOfRangeException.ThrowIfNegative(workers);
        return Task.FromResult(Locked(now => Drain(queue, workers, idleOnly, now), cancellationToken));
    }

    private DrainReport Drain(QueueKey queue, int count, bool idleOnly, DateTimeOffset now)
    {
        var present = _workers.Values.Where(worker => worker.Queue == queue).ToList();
        var asked = present
            .Where(worker => IsAlive(worker.Id, now) && !worker.StopsByItself && (!idleOnly || Jobs(worker) == 0))
            .OrderBy(worker => Jobs(worker) > 0)
            .ThenByDescending(worker => worker.DrainRequested)
            .ThenBy(Jobs)
            .ThenByDescending(worker => worker.StartedAt)
            .ThenBy(worker => worker.Id, StringComparer.Ordinal)
            .Take(count)
            .Select(worker => worker.Id)
            .ToHashSet(StringComparer.Ordinal);
        foreach (var worker in present.Where(worker => worker.DrainRequested != asked.Contains(worker.Id)))
        {
            _workers[worker.Id] = worker with { DrainRequested = !worker.DrainRequested };
        }

        return new DrainReport(
        [
            .. present.Where(worker => IsAlive(worker.Id, now))
                .OrderBy(worker => worker.Id, StringComparer.Ordinal)
                .Select(worker => new SteeredWorker(
                    worker.Id, worker.Heartbeat.Host, Jobs(worker), asked.Contains(worker.Id), asked.Contains(worker.Id) && worker.HasAcknowledged)),
        ]);
    }

    private int Jobs(InMemoryWorker worker) => _jobs.HeldBy(worker.Id).Count;
}
