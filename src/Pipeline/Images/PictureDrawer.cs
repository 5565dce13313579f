using PodEngine.Ledger;
using PodEngine.Pipeline.Attempts;
using PodEngine.Pipeline.Prompts;
using PodEngine.Pipeline.Purchases;
using PodEngine.Providers.ComfyUi;
using PodEngine.Shared.Faults;

namespace PodEngine.Pipeline.Images;

/// <summary>
/// Buys one picture: hands the order in, records the backend's id of the work, waits. Whoever resumes waits for the same work. The order's own id is
/// made of job, index, the attempt that began it and the repeat, so that a finished order of an earlier try is never mistaken for this one.
/// </summary>
internal sealed class PictureDrawer(IImageGenerator generator, PipelineOptions options, TimeProvider time)
{
    private static readonly TimeSpan CancelDeadline = TimeSpan.FromSeconds(5);

    /// <summary>Draws design <paramref name="index"/>.</summary>
    /// <param name="attempt">The attempt.</param>
    /// <param name="index">Which design.</param>
    /// <param name="again">True when the backend lost the finished picture before it was stored: a purchase of its own, made once.</param>
    public Task<DrawnPicture> DrawAsync(Attempt attempt, int index, bool again = false)
    {
        var key = Key(index, again);
        var seed = JobSeed.OfPicture(attempt.JobId, attempt.Work.Image, index);
        return attempt.Purchaser.BuyAsync(new Purchase<DrawnPicture>
        {
            Key = key,
            Request = PurchaseJson.Write(new PictureWanted(attempt.Job.Lease.Token, seed), PurchaseJson.Default.PictureWanted),
            CallDeadline = generator.SubmitDeadline,
            Json = PurchaseJson.Default.DrawnPicture,
            Buy = call => BuyAsync(attempt, index, key, call),
            Find = call => FindAsync(attempt, index, key, call),
        });
    }

    /// <summary>True when an earlier attempt began to draw the picture again.</summary>
    public static bool WasDrawnAgain(Attempt attempt, int index) => attempt.Known.Purchases.ContainsKey(Key(index, again: true));

    private static PurchaseKey Key(int index, bool again) => new(ImageStep.StepName, again ? $"{index}/again" : $"{index}");

    private async Task<Bought<DrawnPicture>> BuyAsync(Attempt attempt, int index, PurchaseKey key, PurchaseCall call)
    {
        var order = Order(attempt, index, key, call.Record);
        string workId;
        try
        {
            workId = await generator.SubmitAsync(order, call.Effect);
        }
        catch (PictureFailedException nothing)
        {
            throw new NotBoughtException(nothing.Fault);
        }
        catch (WorkflowTemplateException nothing)
        {
            throw new NotBoughtException(nothing.Fault);
        }

        await call.AttachAsync(workId);
        return await WaitAsync(attempt, index, order, workId, call)
            ?? throw new JobFaultException(Forgotten(index));
    }

    private async Task<Bought<DrawnPicture>?> FindAsync(Attempt attempt, int index, PurchaseKey key, PurchaseCall call)
    {
        var order = Order(attempt, index, key, call.Record);
        var workId = call.RemoteId ?? await generator.FindAsync(order, call.Stopping);
        if (workId is null)
        {
            return null;
        }

        await attempt.Log.InfoAsync($"Picture {index + 1} is being drawn already: waiting for it.");
        return await WaitAsync(attempt, index, order, workId, call);
    }

    private async Task<Bought<DrawnPicture>?> WaitAsync(Attempt attempt, int index, PictureOrder order, string workId, PurchaseCall call)
    {
        using var deadline = new CancellationTokenSource(options.DrawingDeadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, call.Stopping);
        try
        {
            var drawn = await generator.WaitAsync(order, workId, new DrawingProgress(attempt.Progress, index), either.Token);
            return drawn is null ? null : new Bought<DrawnPicture>(drawn, drawn.Cost);
        }
        catch (PictureFailedException nothing)
        {
            throw new NotBoughtException(nothing.Fault);
        }
        catch (Providers.Http.ProviderException away)
        {
            // The work goes on over there and is recorded: it must not count as refused.
            throw new JobFaultException(away.Fault, away) { PutOffFor = away.IsOutage ? away.RetryAfter ?? TimeSpan.FromSeconds(30) : null };
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested || attempt.Control.Reason is StopReason.Cancelled or StopReason.DeadlineExceeded)
        {
            await CancelAsync(attempt, index, workId);
            throw new NotBoughtException(TooSlow(index));
        }
    }

    // A successor that holds the job, or the next worker after a hand-back, waits for the same work: only the user's stop and deadlines reach the backend.
    private async Task CancelAsync(Attempt attempt, int index, string workId)
    {
        using var patience = new CancellationTokenSource(CancelDeadline, time);
        try
        {
            await generator.CancelAsync(workId, patience.Token);
            await attempt.Log.InfoAsync($"Drawing picture {index + 1} was stopped at the backend.");
        }
        catch (Exception failure) when (failure is Providers.Http.ProviderException or OperationCanceledException)
        {
            await attempt.Log.WarnAsync($"Drawing picture {index + 1} could not be stopped at the backend: {failure.Message}");
        }
    }

    private static PictureOrder Order(Attempt attempt, int index, PurchaseKey key, PurchaseRecord record)
    {
        var wanted = PurchaseJson.Read(record.Request, PurchaseJson.Default.PictureWanted);
        return new PictureOrder
        {
            OrderId = JobSeed.Uuid(attempt.JobId, $"{key}/{wanted.Nonce}/{record.Repeats}").ToString("D"),
            Prompt = attempt.Designs[index].Prompt,
            Seed = wanted.Seed,
            Settings = attempt.Work.Image,
            Workflow = attempt.Work.Workflow,
        };
    }

    private static JobFault Forgotten(int index) => new()
    {
        Class = FaultClass.Provider,
        Code = FaultCodes.ProviderUnavailable,
        Message = $"The backend has forgotten picture {index + 1} (it was restarted, or its queue was cleared); it is ordered again by the next attempt.",
        Retryable = true,
    };

    private JobFault TooSlow(int index) => new()
    {
        Class = FaultClass.Timeout,
        Code = FaultCodes.ProviderUnavailable,
        Message = $"Picture {index + 1} was not finished within {options.DrawingDeadline.TotalMinutes:0} minutes.",
        Retryable = true,
    };

    private sealed class DrawingProgress(ProgressReporter progress, int index) : IProgress<double>
    {
        public void Report(double value) => _ = progress.DrawnAsync(index, value);
    }
}
