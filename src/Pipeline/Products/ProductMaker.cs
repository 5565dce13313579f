using PodEngine.Ledger;
using PodEngine.Pipeline.Attempts;
using PodEngine.Pipeline.Purchases;
using PodEngine.Providers.Printify;
using PodEngine.Shared.Products;
using PodEngine.Storage;

namespace PodEngine.Pipeline.Products;

/// <summary>Buys uploads and products at Printify. Both are found again by a marker, so each is made once.</summary>
internal sealed class ProductMaker(PrintifyClient printify, IObjectStorage storage)
{
    /// <summary>The picture's upload id in the account.</summary>
    public async Task<string> UploadAsync(Attempt attempt, ImageRecord image)
    {
        var fileName = Marker.OfUpload(attempt.JobId, image.Index, image.MediaType ?? MediaType.Png);
        var upload = await attempt.Purchaser.BuyAsync(new Purchase<ExternalThing>
        {
            Key = new PurchaseKey("uploads", $"{image.Index}"),
            Request = PurchaseJson.Write(new MarkedRequest(fileName), PurchaseJson.Default.MarkedRequest),
            CallDeadline = printify.CallTimeout,
            Json = PurchaseJson.Default.ExternalThing,
            NotFoundProves = true,
            Buy = async call =>
            {
                var bytes = await ReadAsync(image, call.Stopping);
                return new Bought<ExternalThing>(new ExternalThing((await printify.UploadImageAsync(fileName, bytes, call.Effect)).Id));
            },
            Find = async call => await printify.FindUploadByFileNameAsync(fileName, call.Stopping) is { } found
                ? new Bought<ExternalThing>(new ExternalThing(found.Id))
                : null,
        });
        return upload.Id;
    }

    /// <summary>The product's id in its shop.</summary>
    public async Task<string> CreateAsync(Attempt attempt, ProductKey key, ProductDefinition definition, long shopId, ImageRecord image, string title, string uploadId)
    {
        var marker = Marker.OfProduct(attempt.JobId, key);
        var variants = await printify.GetVariantsAsync(definition.BlueprintId, definition.PrintProviderId, attempt.Stopping);
        var draft = ProductDraft.Build(definition, variants, uploadId, title, image.Description, image.Tags, marker);
        var product = await attempt.Purchaser.BuyAsync(new Purchase<ExternalThing>
        {
            Key = new PurchaseKey(ProductStep.StepName, key.Item),
            Request = PurchaseJson.Write(new MarkedRequest(marker, shopId), PurchaseJson.Default.MarkedRequest),
            CallDeadline = printify.CallTimeout,
            Json = PurchaseJson.Default.ExternalThing,
            NotFoundProves = true,
            Buy = async call => new Bought<ExternalThing>(new ExternalThing((await printify.CreateProductAsync(shopId, draft, call.Effect)).Id)),
            Find = async call => await printify.FindProductsBySkuMarkerAsync(shopId, marker, call.Stopping) is [var oldest, ..]
                ? new Bought<ExternalThing>(new ExternalThing(oldest.Id))
                : null,
        });
        return product.Id;
    }

    private async Task<ReadOnlyMemory<byte>> ReadAsync(ImageRecord image, CancellationToken cancellationToken)
    {
        await using var stream = await storage.OpenAsync(image.Sha256!, cancellationToken);
        using var bytes = new MemoryStream((int)(image.Bytes ?? 0));
        await stream.CopyToAsync(bytes, cancellationToken);
        return bytes.ToArray();
    }
}
