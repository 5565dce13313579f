using System.Collections.Concurrent;
using PodEngine.Queue;
using PodEngine.QueueWorker.Recording;

namespace PodEngine.QueueWorker.Running;

/// <summary>Claims as many jobs as there is room for and runs them, until it is told to stop; then hands back what is left.</summary>
internal sealed class ClaimLoop(WorkerSettings settings, IJobQueue queue, HistoryWriter history, ConcurrentDictionary<JobLease, HeldLease> held)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly List<Task> _running = [];

    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            var started = await StartAsync(settings.Concurrency - held.Count, stopping);
            if (started == 0)
            {
                await WaitAsync(stopping);
            }
        }

        await Task.WhenAll(_running);
    }

    private async Task<int> StartAsync(int room, CancellationToken stopping)
    {
        _running.RemoveAll(attempt => attempt.IsCompleted);
        if (room <= 0)
        {
            return 0;
        }

        try
        {
            var claimed = await queue.ClaimAsync(settings.Queue, settings.WorkerId, room, CancellationToken.None);
            foreach (var job in claimed)
            {
                var lease = new HeldLease(job.Lease);
                held[job.Lease] = lease;
                var running = Task.Run(() => RunAsync(lease, stopping), CancellationToken.None);
                _running.Add(running);
                _ = Defect.Fatal(running);
            }

            return claimed.Count;
        }
        catch (QueueUnavailableException)
        {
            return 0;
        }
    }

    private async Task RunAsync(HeldLease lease, CancellationToken stopping)
    {
        var operation = Guid.NewGuid();
        var script = AttemptScript.Draw(settings.Seed, lease.Lease.Token, operation);
        await new Attempt(lease, script, operation, queue, history, () => stopping.IsCancellationRequested).RunAsync(CancellationToken.None);
        held.TryRemove(lease.Lease, out _);
    }

    /// <summary>A full worker looks again soon, an idle one when there is work.</summary>
    private async Task WaitAsync(CancellationToken stopping)
    {
        var wait = held.Count < settings.Concurrency
            ? queue.WaitForWorkAsync(settings.Queue, LongestWait, stopping)
            : Task.Delay(Pause, TimeProvider.System, stopping);
        await wait.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
