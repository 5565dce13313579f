using PodEngine.Queue.Bench.Consuming;

namespace PodEngine.Queue.Bench.Roles;

/// <summary>
/// Handlers that hold their jobs until they are released, and then write with their lease whatever they were told, as a worker does that was frozen and
/// does not know that its time is over.
/// </summary>
internal sealed class HeldHandler(IJobQueue queue, HandledJobs handled)
{
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _tried;
    private long _accepted;

    /// <summary>Lets all handlers end.</summary>
    public void Release() => _released.TrySetResult();

    public Answer Report() => handled.Report() with { WritesTried = Interlocked.Read(ref _tried), WritesAccepted = Interlocked.Read(ref _accepted) };

    public async ValueTask<AttemptOutcome?> RunAsync(JobAttempt attempt)
    {
        handled.Add(BenchJob.NumberOf(attempt.Job.Arguments));
        var pausing = Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, attempt.Pausing);
        var ended = Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, attempt.Ended);
        if (await Task.WhenAny(_released.Task, ended, pausing) == pausing)
        {
            return new AttemptOutcome.HandedBack();
        }

        await WriteAsync(async () =>
        {
            await queue.ReportProgressAsync(attempt.Lease, new JobProgress(99, "late"), CancellationToken.None);
            return true;
        });
        await WriteAsync(async () => await queue.FinishAsync(attempt.Lease, new AttemptOutcome.Completed(), CancellationToken.None) is not null);
        return null;
    }

    private async Task WriteAsync(Func<Task<bool>> write)
    {
        Interlocked.Increment(ref _tried);
        try
        {
            Interlocked.Add(ref _accepted, await write() ? 1 : 0);
        }
        catch (LeaseLostException)
        {
            // Refused, as it should be.
        }
    }
}
