using PodEngine.Ledger;
using PodEngine.Pipeline.Attempts;
using PodEngine.Pipeline.Images;
using PodEngine.Pipeline.Products;
using PodEngine.Pipeline.Prompts;
using PodEngine.Pipeline.Publishing;
using PodEngine.Pipeline.Purchases;
using PodEngine.Pipeline.Storing;
using PodEngine.Queue;
using PodEngine.Shared.Faults;
using PodEngine.Shared.Jobs;

namespace PodEngine.Pipeline;

/// <summary>
/// Runs design jobs: <c>prompts → images → storage → [approval] → products → publish</c>. Every attempt begins at the first step and does what the
/// ledger does not know yet. Between steps it looks whether the job is to be parked or handed back; a stop ends it at once, wherever it is.
/// </summary>
public sealed class PipelineRunner(PipelineParts parts) : IJobPipeline
{
    private const string ApprovalStep = "approval";

    /// <inheritdoc />
    public async Task<AttemptOutcome?> RunAsync(ClaimedJob job, JobSnapshot snapshot, JobControl control, CancellationToken cancellationToken)
    {
        if (snapshot.Work is not DesignWork work)
        {
            return Failed(FaultClass.Configuration, FaultCodes.InputInvalid, $"This worker runs designs; {snapshot.Name} is an execution of a model.");
        }

        if (parts.Images is null)
        {
            return Failed(FaultClass.Configuration, FaultCodes.ImageBackendNotConfigured, "The worker pool has nothing that draws pictures: set spec.providers.comfyUI.urls.");
        }

        using var deadline = new CancellationTokenSource(Timer(job.DeadlineRemaining), parts.Time);
        using var expiry = deadline.Token.Register(() => control.Stop(StopReason.DeadlineExceeded));
        using var abort = cancellationToken.Register(() => control.Stop(StopReason.HandBack));
        using var effect = new CancellationTokenSource(Timeout.InfiniteTimeSpan, parts.Time);
        using var grace = control.Stopping.Register(() => effect.CancelAfter(parts.Options.StopGrace));
        var log = new JobLog(parts.Ledger, job.Lease.Job, parts.Worker, parts.Time);
        try
        {
            var attempt = await BeginAsync(job, snapshot, work, control, log, effect.Token);
            return await RunStepsAsync(attempt, parts.Images);
        }
        catch (LeaseLostException)
        {
            return null;
        }
        catch (Exception) when (control.Stopping.IsCancellationRequested)
        {
            return await StoppedAsync(control.Reason, log);
        }
        catch (Exception failure) when (PartFault.From(snapshot.Name, failure) is { } fault)
        {
            await (fault.PutOff ? log.WarnAsync($"The job is put off: {fault.Fault.Message}") : log.ErrorAsync($"{fault.Fault.Code}: {fault.Fault.Message}"));
            return Conclusion.Of(fault);
        }
    }

    private async Task<Attempt> BeginAsync(ClaimedJob job, JobSnapshot snapshot, DesignWork work, JobControl control, JobLog log, CancellationToken effect)
    {
        var ledger = new PatientLedger(parts.Ledger, job.Lease, parts.Time);
        var known = await ledger.ReadAsync(control.Stopping);
        var products = work.Brief.Count * work.Products.Count * work.Platforms.Count;
        var attempt = new Attempt
        {
            Job = job,
            Snapshot = snapshot,
            Work = work,
            Control = control,
            Ledger = ledger,
            Known = known,
            Purchaser = new Purchaser(ledger, known, snapshot.OnUnknownPurchase, control, parts.Options, parts.Time, effect),
            Log = log,
            Progress = new ProgressReporter(parts.Queue, job.Lease, control, parts.Time, work.Brief.Count, products),
            Options = parts.Options,
            Effect = effect,
        };
        Resume(attempt);
        await log.InfoAsync($"Attempt {job.Attempt} of {job.MaxAttempts} begins on {parts.Worker}{(attempt.Stored.IsEmpty && attempt.Made.IsEmpty ? "." : $" with {attempt.Stored.Count} pictures and {attempt.Made.Count} products recorded.")}");
        return attempt;
    }

    private static void Resume(Attempt attempt)
    {
        foreach (var image in attempt.Known.Images.Where(image => image.Sha256 is not null))
        {
            attempt.Stored[image.Index] = image;
        }

        foreach (var product in attempt.Known.Products.Where(product => product.ExternalId is not null))
        {
            attempt.Made[ProductKey.Of(product)] = product;
        }

        var done = attempt.Made.Values.Count(product => !attempt.Work.AutoPublish || product.State == ProductState.Published);
        attempt.Progress.Resume(attempt.Stored.Keys, attempt.Made.Count, done);
    }

    private async Task<AttemptOutcome> RunStepsAsync(Attempt attempt, IImageGenerator images)
    {
        var drawer = new PictureDrawer(images, parts.Options, parts.Time);
        IReadOnlyList<IPipelineStep> toPictures = [new PromptStep(parts.Writers), new ImageStep(drawer), new StorageStep(images, drawer, parts.Storage)];
        IReadOnlyList<IPipelineStep> toProducts =
        [
            new ProductStep(new ProductMaker(parts.Printify, parts.Storage)),
            new PublishStep(new ProductPublisher(parts.Printify, parts.Options, parts.Time), parts.Printify),
        ];
        return await RunAsync(attempt, toPictures)
            ?? await AwaitApprovalAsync(attempt)
            ?? await RunAsync(attempt, toProducts)
            ?? await ConcludeAsync(attempt);
    }

    private static async Task<AttemptOutcome?> RunAsync(Attempt attempt, IReadOnlyList<IPipelineStep> steps)
    {
        foreach (var step in steps)
        {
            if (await PauseAsync(attempt) is { } pause)
            {
                return pause;
            }

            if (step.IsNeeded(attempt))
            {
                await attempt.Progress.BeginAsync(step.Name);
                await step.RunAsync(attempt);
            }
        }

        return null;
    }

    private static async Task<AttemptOutcome?> PauseAsync(Attempt attempt)
    {
        attempt.Stopping.ThrowIfCancellationRequested();
        if (attempt.Control.SuspendRequested)
        {
            await attempt.Log.InfoAsync("The job is suspended; what is recorded is kept.");
            return new AttemptOutcome.Suspended();
        }

        if (attempt.Control.DrainRequested)
        {
            await attempt.Log.InfoAsync("The worker stops; the job goes back to the queue.");
            return new AttemptOutcome.HandedBack();
        }

        return null;
    }

    // A person sees all pictures or none: missing ones are tried again first.
    private static async Task<AttemptOutcome?> AwaitApprovalAsync(Attempt attempt)
    {
        var policy = attempt.Work.Approval;
        if (!policy.Required || attempt.Job.Approval == ApprovalDecision.Approved)
        {
            return null;
        }

        if (!attempt.Faults.IsEmpty)
        {
            return await ConcludeAsync(attempt);
        }

        await attempt.Progress.BeginAsync(ApprovalStep);
        await attempt.Log.InfoAsync($"{attempt.Stored.Count} pictures wait for approval.");
        return new AttemptOutcome.AwaitingApproval(TimeSpan.FromSeconds(policy.ExpireSeconds));
    }

    private static async Task<AttemptOutcome> ConcludeAsync(Attempt attempt)
    {
        await attempt.Progress.FlushAsync();
        var outcome = await Conclusion.DrawAsync(attempt);
        await (outcome switch
        {
            AttemptOutcome.Failed failed => attempt.Log.ErrorAsync($"{failed.Failure.Code}: {failed.Failure.Message}"),
            AttemptOutcome.Snoozed snoozed => attempt.Log.WarnAsync($"The job is put off for {snoozed.For.TotalSeconds:0} s: {snoozed.Reason}."),
            _ => attempt.Log.InfoAsync($"Done: {attempt.Stored.Count} pictures, {attempt.Made.Count} products."),
        });
        return outcome;
    }

    private static async Task<AttemptOutcome?> StoppedAsync(StopReason reason, JobLog log)
    {
        switch (reason)
        {
            case StopReason.LeaseLost:
                return null;
            case StopReason.HandBack:
                await log.InfoAsync("The worker stopped before the step was finished; the job goes back to the queue.");
                return new AttemptOutcome.HandedBack();
            case StopReason.DeadlineExceeded:
                await log.ErrorAsync($"{FaultCodes.DeadlineExceeded}: the processing time of the job is used up.");
                return Failed(FaultClass.Timeout, FaultCodes.DeadlineExceeded, "The processing time of the job (activeDeadlineSeconds) is used up. Raise it, or ask for fewer designs.");
            default:
                await log.InfoAsync("The job is cancelled.");
                return new AttemptOutcome.Cancelled("Cancelled");
        }
    }

    private static AttemptOutcome.Failed Failed(FaultClass who, string code, string message) =>
        new(PartFault.ToFailure(new JobFault { Class = who, Code = code, Message = message }));

    // Timers end at 49 days.
    private static TimeSpan Timer(TimeSpan span) => TimeSpan.FromTicks(Math.Clamp(span.Ticks, 0, TimeSpan.FromDays(30).Ticks));
}
