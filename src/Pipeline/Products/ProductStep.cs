using PodEngine.Ledger;
using PodEngine.Pipeline.Attempts;
using PodEngine.Shared.Products;

namespace PodEngine.Pipeline.Products;

/// <summary>Makes every missing product: each stored picture as each product type in each channel. One that fails does not hold up the others.</summary>
internal sealed class ProductStep(ProductMaker maker) : IPipelineStep
{
    public const string StepName = "products";

    public string Name => StepName;

    public bool IsNeeded(Attempt attempt) => ProductKey.All(attempt.Work, attempt.Stored.Keys).Any(key => !attempt.Made.ContainsKey(key));

    public async Task RunAsync(Attempt attempt)
    {
        await Attempt.ForEachAsync(attempt.Stored.Values.OrderBy(image => image.Index), attempt.Options.ProductsAtATime, image => MakeAllAsync(attempt, image));
        await attempt.Log.InfoAsync($"{attempt.Made.Count} of {ProductKey.All(attempt.Work, Enumerable.Range(0, attempt.Designs.Count)).Count()} products are made.");
    }

    private async Task MakeAllAsync(Attempt attempt, ImageRecord image)
    {
        var missing = ProductKey.All(attempt.Work, [image.Index]).Where(key => !attempt.Made.ContainsKey(key)).ToList();
        if (missing.Count == 0)
        {
            return;
        }

        string? uploadId = null;
        await attempt.PartAsync(
            $"Uploading picture {image.Index + 1}",
            async () => uploadId = await maker.UploadAsync(attempt, image),
            async fault =>
            {
                foreach (var key in missing)
                {
                    await SaveFailedAsync(attempt, key, image, fault);
                }
            });
        if (uploadId is null)
        {
            return;
        }

        foreach (var key in missing)
        {
            await attempt.PartAsync(
                $"Product {key.Item}",
                () => MakeAsync(attempt, key, image, uploadId),
                fault => SaveFailedAsync(attempt, key, image, fault));
        }
    }

    private async Task MakeAsync(Attempt attempt, ProductKey key, ImageRecord image, string uploadId)
    {
        var definition = Definition(attempt, key);
        var draft = Record(attempt, key, image) with { State = ProductState.Draft };
        var id = await maker.CreateAsync(attempt, key, definition, draft.ShopId, image, draft.Title, uploadId);
        var made = draft with { ExternalId = id };
        await attempt.Ledger.SaveAsync(made, attempt.Effect);
        attempt.Made[key] = made;
        await attempt.Progress.MadeAsync(done: !attempt.Work.AutoPublish);
    }

    private static Task SaveFailedAsync(Attempt attempt, ProductKey key, ImageRecord image, PartFault fault) => fault.PutOff
        ? Task.CompletedTask
        : attempt.Ledger.SaveAsync(
            Record(attempt, key, image) with { FaultCode = fault.Fault.Code, FaultMessage = fault.Fault.Message },
            attempt.Effect);

    private static ProductRecord Record(Attempt attempt, ProductKey key, ImageRecord image)
    {
        var definition = Definition(attempt, key);
        return new ProductRecord
        {
            ImageIndex = key.ImageIndex,
            ProductType = key.ProductType,
            Platform = key.Platform,
            ShopId = attempt.Work.Platforms.First(platform => platform.Name == key.Platform).ShopId,
            Title = $"{image.Title} {definition.Label}",
            PriceCents = definition.PriceCents,
            State = ProductState.Failed,
        };
    }

    private static ProductDefinition Definition(Attempt attempt, ProductKey key) =>
        attempt.Work.Products.First(product => product.Type == key.ProductType);
}
