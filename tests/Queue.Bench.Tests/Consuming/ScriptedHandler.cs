using System.Collections.Concurrent;
using PodEngine.Queue.Bench.Consuming;

namespace PodEngine.Queue.Bench.Tests.Consuming;

/// <summary>Handlers that run until the test ends them; when told to pause they hand back, when told to end they are cancelled.</summary>
internal sealed class ScriptedHandler
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _atOnce;

    /// <summary>Attempts by job, in whatever state.</summary>
    public ConcurrentDictionary<JobId, JobAttempt> Attempts { get; } = new();

    public int MostAtATime { get; private set; }

    /// <summary>False goes on when asked to pause.</summary>
    public bool HandsBack { get; set; } = true;

    /// <summary>Lets all handlers end well, those to come too.</summary>
    public void EndAll() => _ended.TrySetResult();

    public async ValueTask<AttemptOutcome?> RunAsync(JobAttempt attempt)
    {
        Attempts[attempt.Lease.Job] = attempt;
        lock (_ended)
        {
            MostAtATime = Math.Max(MostAtATime, ++_atOnce);
        }

        try
        {
            var paused = HandsBack ? attempt.Pausing : CancellationToken.None;
            using var either = CancellationTokenSource.CreateLinkedTokenSource(attempt.Ended, paused);
            await _ended.Task.WaitAsync(either.Token);
            return new AttemptOutcome.Completed();
        }
        catch (OperationCanceledException) when (attempt.Reason == AttemptEnd.None)
        {
            return new AttemptOutcome.HandedBack();
        }
        finally
        {
            lock (_ended)
            {
                _atOnce--;
            }
        }
    }
}
