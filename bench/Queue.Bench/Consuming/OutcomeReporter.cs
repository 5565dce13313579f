using Microsoft.Extensions.Logging;

namespace PodEngine.Queue.Bench.Consuming;

/// <summary>
/// Reports outcomes, each until it is accepted or refused, many at once: the queue writes those that come together in one transaction. A job is held
/// until the answer is there.
/// </summary>
internal sealed class OutcomeReporter(IJobQueue queue, HeldAttempts held, TimeProvider time, ILogger logger) : IDisposable
{
    private readonly CancellationTokenSource _givingUp = new(Timeout.InfiniteTimeSpan, time);
    private int _underWay;

    /// <summary>Called whenever a job is no longer held.</summary>
    public event Action? Freed;

    /// <summary>Reports that wait for their answer.</summary>
    public int UnderWay => Volatile.Read(ref _underWay);

    /// <summary>Reports and returns at once.</summary>
    public void Report(JobAttempt attempt, AttemptOutcome outcome)
    {
        Interlocked.Increment(ref _underWay);
        _ = ReportAsync(attempt, outcome);
    }

    /// <summary>Nothing is to be said: a successor holds the job.</summary>
    public void Abandon(JobAttempt attempt)
    {
        held.Remove(attempt);
        Freed?.Invoke();
    }

    /// <summary>What is not accepted after this long is left to be rescued.</summary>
    public void GiveUpAfter(TimeSpan wait) => _givingUp.CancelAfter(wait);

    public void Dispose() => _givingUp.Dispose();

    private async Task ReportAsync(JobAttempt attempt, AttemptOutcome outcome)
    {
        try
        {
            await AnsweredAsync(attempt, outcome);
        }
#pragma warning disable CA1031 // A report that ended in a defect would hold its job for ever: it is rescued instead.
        catch (Exception defect)
        {
            if (!_givingUp.IsCancellationRequested)
            {
                Log.LoopDefect(logger, "report", defect);
            }

            Log.Unreported(logger, attempt.Lease.Job, attempt.Job.Name, outcome.GetType().Name);
        }
#pragma warning restore CA1031
        finally
        {
            Interlocked.Decrement(ref _underWay);
            Abandon(attempt);
        }
    }

    private async Task AnsweredAsync(JobAttempt attempt, AttemptOutcome outcome)
    {
        StoreBackoff? backoff = null;
        while (true)
        {
            try
            {
                if (await queue.FinishAsync(attempt.Lease, outcome, _givingUp.Token) is null)
                {
                    Log.Superseded(logger, attempt.Lease.Job, attempt.Job.Name, outcome.GetType().Name);
                }

                return;
            }
            catch (QueueUnavailableException away) when (!_givingUp.IsCancellationRequested)
            {
                Log.StoreAway(logger, away.Message);
            }

            await (backoff ??= new StoreBackoff(time)).WaitAsync(_givingUp.Token);
        }
    }
}
