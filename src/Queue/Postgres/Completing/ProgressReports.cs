using System.Collections.Concurrent;

namespace PodEngine.Queue.Postgres.Completing;

/// <summary>
/// What attempts report on their way. What was held back is stored beside the worker's next heartbeat, which does not wait for it: how that write fares says
/// nothing about the leases. A report the store was away for is tried again with the heartbeat after.
/// </summary>
/// <param name="throttle">Says what is held back.</param>
/// <param name="write">Takes a write to the store; answers null where it was refused.</param>
internal sealed class ProgressReports(ProgressThrottle throttle, Func<AttemptWrite, CancellationToken, Task<JobState?>> write) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<Task, byte> _storing = new();

    /// <summary>Stores a report or holds it back.</summary>
    /// <exception cref="LeaseLostException">It was refused.</exception>
    public async Task ReportAsync(JobLease lease, JobProgress progress, CancellationToken cancellationToken)
    {
        if (throttle.Lets(lease, progress) && await write(new AttemptWrite.Progress(lease, progress), cancellationToken) is null)
        {
            throttle.Forget(lease);
            throw new LeaseLostException(lease);
        }
    }

    /// <summary>Begins to store what was held back of these attempts.</summary>
    public void StoreHeldBack(IEnumerable<JobLease> leases)
    {
        foreach (var report in throttle.TakeHeldBack(leases))
        {
            var storing = StoreAsync(report);
            _storing[storing] = 0;
            _ = storing.ContinueWith(
                done => _storing.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    /// <summary>
    /// Ends an attempt. What was held back of it goes ahead, in the same batch; not so when the job is completed: how far it came is in its result then.
    /// </summary>
    public async Task<JobState?> FinishAsync(AttemptWrite.Outcome outcome, CancellationToken cancellationToken)
    {
        if (outcome.Reported is not AttemptOutcome.Completed)
        {
            StoreHeldBack([outcome.Lease]);
        }

        var state = await write(outcome, cancellationToken);
        throttle.Forget(outcome.Lease);
        return state;
    }

    /// <summary>The attempt is over.</summary>
    public void Forget(JobLease lease) => throttle.Forget(lease);

    /// <summary>Returns once nothing is being stored.</summary>
    public async ValueTask DisposeAsync() => await Task.WhenAll(_storing.Keys);

    private async Task StoreAsync(AttemptWrite.Progress report)
    {
        try
        {
            if (await write(report, CancellationToken.None) is null)
            {
                throttle.Forget(report.Lease);
            }
        }
        catch (QueueUnavailableException)
        {
            throttle.HoldBackAgain(report);
        }
#pragma warning disable CA1031 // A report that cannot be stored at all is let go: nobody waits for it, and the attempt's next write is told what is wrong.
        catch (Exception)
        {
        }
#pragma warning restore CA1031
    }
}
