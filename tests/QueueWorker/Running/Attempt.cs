using PodEngine.Queue;
using PodEngine.QueueWorker.Recording;

namespace PodEngine.QueueWorker.Running;

/// <summary>
/// One attempt at a job: a few steps, each ending with a write through the fence, then an outcome. It records what it is about to do before it does it,
/// and what it was told after.
/// </summary>
internal sealed class Attempt(HeldLease held, AttemptScript script, Guid operation, IJobQueue queue, HistoryWriter history, Func<bool> isStopping)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private JobLease Lease => held.Lease;

    private bool GivesUp => held.Lost && !script.IsStubborn;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await history.AppendAsync(Lease, operation, EntryKind.Claimed, null, cancellationToken);
        foreach (var (number, length) in script.Steps.Index())
        {
            await Task.Delay(length, TimeProvider.System, cancellationToken);
            if (GivesUp || Asked() is not null)
            {
                break;
            }

            await WriteAsync(cancellationToken);
            await ReportAsync(new JobProgress(100 * (number + 1) / script.Steps.Count, "steps"), cancellationToken);
        }

        if (!GivesUp)
        {
            await FinishAsync(Asked() ?? script.Outcome, cancellationToken);
        }
    }

    /// <summary>The outcome that somebody else wants; null while nobody does.</summary>
    private AttemptOutcome? Asked() => held switch
    {
        { Stop: true } => new AttemptOutcome.Cancelled("Stopped"),
        { Suspend: true } => new AttemptOutcome.Suspended(),
        _ => isStopping() ? new AttemptOutcome.HandedBack() : null,
    };

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        var write = Guid.NewGuid();
        await history.AppendAsync(Lease, write, EntryKind.WriteSent, null, cancellationToken);
        try
        {
            await history.WriteFencedAsync(Lease, write, cancellationToken);
        }
        catch (LeaseLostException)
        {
            held.Lost = true;
            await history.AppendAsync(Lease, write, EntryKind.WriteRefused, null, cancellationToken);
        }
        catch (QueueUnavailableException)
        {
            // Nobody knows; the row is there, or it is not.
        }
    }

    private async Task ReportAsync(JobProgress progress, CancellationToken cancellationToken)
    {
        if (!script.ReportsProgress)
        {
            return;
        }

        try
        {
            await queue.ReportProgressAsync(Lease, progress, cancellationToken);
        }
        catch (LeaseLostException)
        {
            held.Lost = true;
        }
        catch (QueueUnavailableException)
        {
            // Progress may be missed.
        }
    }

    /// <summary>Reports the outcome until there is an answer.</summary>
    private async Task FinishAsync(AttemptOutcome outcome, CancellationToken cancellationToken)
    {
        while (true)
        {
            await history.AppendAsync(Lease, operation, EntryKind.OutcomeSent, outcome.GetType().Name, cancellationToken);
            try
            {
                var state = await queue.FinishAsync(Lease, outcome, cancellationToken);
                var answer = state is null ? EntryKind.OutcomeRefused : EntryKind.OutcomeAccepted;
                await history.AppendAsync(Lease, operation, answer, state?.ToString(), cancellationToken);
                return;
            }
            catch (QueueUnavailableException)
            {
                await history.AppendAsync(Lease, operation, EntryKind.OutcomeUnknown, null, cancellationToken);
                await Task.Delay(Pause, TimeProvider.System, cancellationToken);
            }
        }
    }
}
