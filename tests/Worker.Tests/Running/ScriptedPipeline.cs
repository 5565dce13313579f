using System.Collections.Concurrent;
using PodEngine.Pipeline;
using PodEngine.Pipeline.Attempts;
using PodEngine.Queue;
using PodEngine.Shared.Jobs;

namespace PodEngine.Worker.Tests.Running;

/// <summary>A pipeline whose jobs run until the test says how they end, or they are stopped.</summary>
internal sealed class ScriptedPipeline : IJobPipeline
{
    private readonly ConcurrentDictionary<JobId, TaskCompletionSource<AttemptOutcome?>> _ends = new();
    private int _running;

    public ConcurrentDictionary<JobId, JobControl> Controls { get; } = new();

    public int MostAtATime { get; private set; }

    public Exception? Defect { get; init; }

    public void End(JobId job, AttemptOutcome? outcome) => Source(job).TrySetResult(outcome);

    public async Task<AttemptOutcome?> RunAsync(ClaimedJob job, JobSnapshot snapshot, JobControl control, CancellationToken cancellationToken)
    {
        if (Defect is not null)
        {
            throw Defect;
        }

        Controls[job.Lease.Job] = control;
        MostAtATime = Math.Max(MostAtATime, Interlocked.Increment(ref _running));
        try
        {
            return await Source(job.Lease.Job).Task.WaitAsync(control.Stopping);
        }
        catch (OperationCanceledException)
        {
            return control.Reason switch
            {
                StopReason.Cancelled => new AttemptOutcome.Cancelled("Cancelled"),
                StopReason.HandBack => new AttemptOutcome.HandedBack(),
                _ => null,
            };
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    private TaskCompletionSource<AttemptOutcome?> Source(JobId job) =>
        _ends.GetOrAdd(job, _ => new TaskCompletionSource<AttemptOutcome?>(TaskCreationOptions.RunContinuationsAsynchronously));
}
