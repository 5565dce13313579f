using System.Collections.Concurrent;
using PodEngine.Queue;

namespace PodEngine.Worker.Running;

/// <summary>
/// Claims as many jobs as there are free slots and starts them. Between claims it waits for a wake of the lane, a freed slot, or the poll interval.
/// Every wake also hurries the heartbeat, because the same wake tells of cancels.
/// </summary>
internal sealed class ClaimLoop(WorkerOptions options, IJobQueue queue, HeldJobs held, JobRunner runner, HeartbeatLoop heartbeat, StoreWatch store, TimeProvider time, ILogger logger)
{
    private readonly ConcurrentDictionary<Task, byte> _running = new();
    private readonly WakeSignal _slotFreed = new();

    /// <summary>The runs under way.</summary>
    public Task AllRunsAsync() => Task.WhenAll(_running.Keys);

    /// <param name="claiming">Ends the claiming.</param>
    /// <param name="reporting">Passed to the runs: ends their reporting.</param>
    public async Task RunAsync(CancellationToken claiming, CancellationToken reporting)
    {
        var backoff = new StoreBackoff(time);
        while (!claiming.IsCancellationRequested)
        {
            try
            {
                var found = MayClaim && await ClaimAsync(claiming, reporting);
                backoff.Reset();
                if (!found || Free == 0)
                {
                    await WaitAsync(claiming);
                }
            }
            catch (OperationCanceledException) when (claiming.IsCancellationRequested)
            {
                return;
            }
            catch (QueueUnavailableException away)
            {
                store.Away(away);
                await Settled(backoff.WaitAsync(claiming));
            }
#pragma warning disable CA1031 // A worker that stops claiming for a defect would look healthy and do nothing.
            catch (Exception defect)
            {
                Log.ClaimDefect(logger, defect);
                await Settled(backoff.WaitAsync(claiming));
            }
#pragma warning restore CA1031
        }
    }

    private int Free => options.Concurrency - held.Count;

    private bool MayClaim => Free > 0 && !options.Hold && !heartbeat.DrainRequested && heartbeat.IsFresh && !store.IsAway;

    /// <summary>True when there were jobs, so there may be more: a store gives no more at a time than suits it, whatever the room.</summary>
    private async Task<bool> ClaimAsync(CancellationToken claiming, CancellationToken reporting)
    {
        var jobs = await queue.ClaimAsync(options.Queue, options.WorkerId, Free, claiming);
        foreach (var job in jobs)
        {
            Start(job, reporting);
        }

        if (jobs.Count > 0 && !queue.IsListening)
        {
            heartbeat.BeatNow();
        }

        return jobs.Count > 0;
    }

    private void Start(ClaimedJob job, CancellationToken reporting)
    {
        var slot = new HeldJob(job);
        held.Add(slot);
        var run = Task.Run(() => RunAsync(slot, reporting), CancellationToken.None);
        _running[run] = 0;
        _ = run.ContinueWith(done => _running.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private async Task RunAsync(HeldJob slot, CancellationToken reporting)
    {
        try
        {
            await runner.RunAsync(slot, reporting);
        }
        finally
        {
            held.Remove(slot);
            slot.Dispose();
            _slotFreed.Set();
        }
    }

    private async Task WaitAsync(CancellationToken claiming)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(claiming);
        var wake = queue.WaitForWorkAsync(options.Queue, Jitter.Of(options.PollInterval), either.Token);
        var freed = _slotFreed.WaitAsync(either.Token);
        await Task.WhenAny(wake, freed);
        await either.CancelAsync();
        await Settled(freed);
        // A wake that ended in a fault is one too: the claim says what is wrong.
        if (await Settled(wake) && await wake)
        {
            heartbeat.BeatNow();
        }

        claiming.ThrowIfCancellationRequested();
        if (wake.IsFaulted)
        {
            await wake;
        }
    }

    private static async Task<bool> Settled(Task task)
    {
        await task.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return task.IsCompletedSuccessfully;
    }
}
