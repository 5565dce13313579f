using System.Text.Json;
using PodEngine.Pipeline;
using PodEngine.Pipeline.Attempts;
using PodEngine.Queue;
using PodEngine.Shared.Faults;
using PodEngine.Shared.Jobs;

namespace PodEngine.Worker.Running;

/// <summary>
/// Runs one claimed job and reports its outcome, again and again while the store is away, until it is accepted or refused. A defect of the pipeline is
/// an outcome like any other: the job fails, the worker goes on.
/// </summary>
internal sealed class JobRunner(IJobQueue queue, IJobPipeline pipeline, OutcomeTally tally, StoreWatch store, TimeProvider time, ILogger logger)
{
    /// <summary>Runs to the end. What goes wrong is reported or logged, not thrown.</summary>
    /// <param name="held">The job.</param>
    /// <param name="cancellationToken">Gives the report up; the job is rescued then.</param>
    public async Task RunAsync(HeldJob held, CancellationToken cancellationToken)
    {
        var job = held.Job;
        Log.Claimed(logger, job.Lease.Job, job.Name, job.Attempt, job.MaxAttempts);
        var outcome = await AttemptAsync(held, cancellationToken);
        if (outcome is null)
        {
            Log.Superseded(logger, job.Lease.Job, job.Name, nameof(StopReason.LeaseLost));
            return;
        }

        await ReportAsync(job, outcome, cancellationToken);
    }

    private async Task<AttemptOutcome?> AttemptAsync(HeldJob held, CancellationToken cancellationToken)
    {
        var job = held.Job;
        JobSnapshot snapshot;
        try
        {
            snapshot = JobSnapshotJson.Read(job.Arguments);
        }
        catch (JsonException unreadable)
        {
            Log.Defect(logger, job.Lease.Job, job.Name, unreadable);
            return Defect("The job's arguments cannot be read by this version of the worker. Update the workers to the operator's version, then retry the job.", retryable: false);
        }

        try
        {
            return await pipeline.RunAsync(job, snapshot, held.Control, cancellationToken);
        }
        catch (LeaseLostException)
        {
            return null;
        }
#pragma warning disable CA1031 // Whatever escapes is a defect of one job, which must not end the others.
        catch (Exception defect)
        {
            Log.Defect(logger, job.Lease.Job, job.Name, defect);
            return Defect($"The engine met a defect ({defect.GetType().Name}); the worker's log has the details under job {job.Lease.Job}.", retryable: true);
        }
#pragma warning restore CA1031
    }

    /// <summary>Reports the outcome; when the store cannot take it, that instead. Silent, the job would go back after its lease and never end.</summary>
    private async Task ReportAsync(ClaimedJob job, AttemptOutcome outcome, CancellationToken cancellationToken)
    {
        var unfit = Defect($"The attempt's outcome could not be stored; the worker's log has the details under job {job.Lease.Job}.", retryable: true);
        foreach (var report in (AttemptOutcome[])[outcome, unfit])
        {
            try
            {
                await RepeatAsync(job, report, cancellationToken);
                return;
            }
#pragma warning disable CA1031 // As above.
            catch (Exception defect)
            {
                Log.Defect(logger, job.Lease.Job, job.Name, defect);
            }
#pragma warning restore CA1031
        }
    }

    private async Task RepeatAsync(ClaimedJob job, AttemptOutcome outcome, CancellationToken cancellationToken)
    {
        var backoff = new StoreBackoff(time);
        var name = outcome.GetType().Name;
        while (true)
        {
            try
            {
                if (await queue.FinishAsync(job.Lease, outcome, cancellationToken) is { } state)
                {
                    tally.Count(outcome);
                    Log.Finished(logger, job.Lease.Job, job.Name, name, state);
                }
                else
                {
                    Log.Superseded(logger, job.Lease.Job, job.Name, name);
                }

                return;
            }
            catch (QueueUnavailableException away) when (!cancellationToken.IsCancellationRequested)
            {
                store.Away(away);
            }
            catch (Exception) when (cancellationToken.IsCancellationRequested)
            {
                Log.Unreported(logger, job.Lease.Job, job.Name, name);
                return;
            }

            try
            {
                await backoff.WaitAsync(cancellationToken);
            }
            catch (OperationCanceledException)
            {
                Log.Unreported(logger, job.Lease.Job, job.Name, name);
                return;
            }
        }
    }

    private static AttemptOutcome.Failed Defect(string message, bool retryable) =>
        new(new JobFailure(nameof(FaultClass.Engine), FaultCodes.InternalError, message, retryable));
}
