using Microsoft.Extensions.Logging;

namespace PodEngine.Queue.Bench.Consuming;

/// <summary>Runs a handler to its end, whatever it throws, and passes the outcome on.</summary>
internal sealed class AttemptRunner(JobHandler handler, OutcomeReporter reporter, ILogger logger)
{
    /// <summary>Returns once the handler has ended; the report goes on by itself.</summary>
    public async ValueTask RunAsync(JobAttempt attempt)
    {
        var outcome = await AttemptAsync(attempt);
        if (outcome is null)
        {
            reporter.Abandon(attempt);
        }
        else
        {
            reporter.Report(attempt, outcome);
        }
    }

    private async ValueTask<AttemptOutcome?> AttemptAsync(JobAttempt attempt)
    {
        try
        {
            return await handler(attempt);
        }
        catch (LeaseLostException)
        {
            return null;
        }
        catch (OperationCanceledException) when (attempt.Reason != AttemptEnd.None)
        {
            return attempt.Reason switch
            {
                AttemptEnd.Cancelled => new AttemptOutcome.Cancelled("Cancelled"),
                AttemptEnd.HandBack => new AttemptOutcome.HandedBack(),
                _ => null,
            };
        }
#pragma warning disable CA1031 // Whatever escapes is a defect of one job, which must not end the others.
        catch (Exception defect)
        {
            Log.HandlerDefect(logger, attempt.Lease.Job, attempt.Job.Name, defect);
            var message = $"The handler met a defect ({defect.GetType().Name}); the worker's log has the details under job {attempt.Lease.Job}.";
            return new AttemptOutcome.Failed(new JobFailure("Engine", "InternalError", message, Retryable: true));
        }
#pragma warning restore CA1031
    }
}
