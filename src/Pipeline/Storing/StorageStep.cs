using PodEngine.Pipeline.Attempts;
using PodEngine.Pipeline.Images;
using PodEngine.Pipeline.Purchases;
using PodEngine.Shared.Faults;
using PodEngine.Storage;

namespace PodEngine.Pipeline.Storing;

/// <summary>
/// Fetches every drawn picture and stores it under its hash. Storing the same bytes twice is harmless, so nothing is announced. A picture the backend
/// lost in between is drawn once more, as a purchase of its own.
/// </summary>
internal sealed class StorageStep(IImageGenerator generator, PictureDrawer drawer, IObjectStorage storage) : IPipelineStep
{
    public const string StepName = "storage";

    public string Name => StepName;

    public bool IsNeeded(Attempt attempt) => !attempt.Drawn.IsEmpty;

    public async Task RunAsync(Attempt attempt)
    {
        await Attempt.ForEachAsync(attempt.Drawn.Keys.Order(), attempt.Options.PicturesAtATime, index => attempt.PartAsync(
            $"Storing picture {index + 1}",
            () => StoreAsync(attempt, index),
            fault => ImageStep.SaveFailedAsync(attempt, index, fault)));
        await attempt.Log.InfoAsync($"{attempt.Stored.Count} of {attempt.Designs.Count} pictures are stored.");
    }

    private async Task StoreAsync(Attempt attempt, int index)
    {
        Signal(attempt, StepMoment.BeforeIntent);
        var (drawn, bytes) = await FetchAsync(attempt, index);
        await attempt.Control.WaitUntilSureAsync(attempt.Stopping);
        Signal(attempt, StepMoment.AfterIntent);
        var stored = await storage.PutAsync(bytes, StorageLimits.Pictures, attempt.Effect);
        Signal(attempt, StepMoment.AfterEffect);
        var record = ImageStep.Describe(attempt, index, drawn) with { Sha256 = stored.Sha256, Bytes = stored.Bytes, MediaType = stored.MediaType };
        await attempt.Ledger.SaveAsync(record, attempt.Effect);
        Signal(attempt, StepMoment.AfterSettle);
        attempt.Stored[index] = record;
        await attempt.Progress.StoredAsync();
    }

    private async Task<(DrawnPicture Drawn, ReadOnlyMemory<byte> Bytes)> FetchAsync(Attempt attempt, int index)
    {
        var drawn = attempt.Drawn[index];
        if (await generator.FetchAsync(drawn, attempt.Stopping) is { } bytes)
        {
            return (drawn, bytes);
        }

        await attempt.Log.WarnAsync($"The backend does not have picture {index + 1} any more: it is drawn again.");
        var again = await drawer.DrawAsync(attempt, index, again: true);
        return await generator.FetchAsync(again, attempt.Stopping) is { } second
            ? (again, second)
            : throw new JobFaultException(new JobFault
            {
                Class = FaultClass.Provider,
                Code = FaultCodes.ProviderAnswerInvalid,
                Message = $"The backend lost picture {index + 1} twice before it could be fetched. Look at the server's output folder, and whether something cleans it.",
            });
    }

    private static void Signal(Attempt attempt, StepMoment moment) => attempt.Options.Signal?.Invoke(new StepPoint(StepName, moment));
}
