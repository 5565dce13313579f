using PodEngine.Ledger;
using PodEngine.Pipeline.Attempts;
using PodEngine.Pipeline.Prompts;
using PodEngine.Pipeline.Purchases;

namespace PodEngine.Pipeline.Images;

/// <summary>Has every missing picture drawn, several at a time. A picture that fails does not hold up the others.</summary>
internal sealed class ImageStep(PictureDrawer drawer) : IPipelineStep
{
    public const string StepName = "images";

    public string Name => StepName;

    public bool IsNeeded(Attempt attempt) => attempt.Stored.Count < attempt.Designs.Count;

    public async Task RunAsync(Attempt attempt)
    {
        var missing = Enumerable.Range(0, attempt.Designs.Count).Where(index => !attempt.Stored.ContainsKey(index));
        await Attempt.ForEachAsync(missing, attempt.Options.PicturesAtATime, index => attempt.PartAsync(
            $"Picture {index + 1}",
            async () =>
            {
                attempt.Drawn[index] = await drawer.DrawAsync(attempt, index, PictureDrawer.WasDrawnAgain(attempt, index));
                await attempt.Progress.DrawnAsync(index, 1);
            },
            fault => SaveFailedAsync(attempt, index, fault)));
        await attempt.Log.InfoAsync($"{attempt.Drawn.Count + attempt.Stored.Count} of {attempt.Designs.Count} pictures are drawn.");
    }

    /// <summary>Records that a picture is missing and why; one that is only put off is not recorded as failed.</summary>
    public static Task SaveFailedAsync(Attempt attempt, int index, PartFault fault) => fault.PutOff
        ? Task.CompletedTask
        : attempt.Ledger.SaveAsync(Describe(attempt, index, "{}") with { FaultCode = fault.Fault.Code }, attempt.Effect);

    /// <summary>The record of a picture without its bytes.</summary>
    public static ImageRecord Describe(Attempt attempt, int index, string provenance)
    {
        var design = attempt.Designs[index];
        return new ImageRecord
        {
            Index = index,
            Title = design.Title,
            Description = design.Description,
            Tags = design.Tags,
            Prompt = design.Prompt,
            Seed = JobSeed.OfPicture(attempt.JobId, attempt.Work.Image, index),
            Provenance = provenance,
        };
    }

    /// <summary>The record of a picture as drawn, its bytes to be added.</summary>
    public static ImageRecord Describe(Attempt attempt, int index, DrawnPicture drawn) => Describe(
        attempt,
        index,
        PurchaseJson.Write(drawn.Provenance with { PromptWrittenBy = attempt.WrittenBy }, PurchaseJson.Default.PictureProvenance)) with
    { Seed = drawn.Provenance.Seed };
}
