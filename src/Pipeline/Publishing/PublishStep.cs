using System.Collections.Concurrent;
using PodEngine.Ledger;
using PodEngine.Pipeline.Attempts;
using PodEngine.Providers.Printify;
using PodEngine.Shared.Faults;

namespace PodEngine.Pipeline.Publishing;

/// <summary>Publishes every product that is made and not published, when the job asks for it and never otherwise.</summary>
internal sealed class PublishStep(ProductPublisher publisher, PrintifyClient printify) : IPipelineStep
{
    public const string StepName = "publish";

    public string Name => StepName;

    public bool IsNeeded(Attempt attempt) => attempt.Work.AutoPublish && Unpublished(attempt).Any();

    public async Task RunAsync(Attempt attempt)
    {
        var shops = new ConcurrentDictionary<long, PrintifyShop>();
        await attempt.PartAsync("Listing the shops", async () =>
        {
            foreach (var shop in await printify.ListShopsAsync(attempt.Stopping))
            {
                shops[shop.Id] = shop;
            }
        });
        if (shops.IsEmpty)
        {
            return;
        }

        await Attempt.ForEachAsync(Unpublished(attempt).ToList(), attempt.Options.ProductsAtATime, product => attempt.PartAsync(
            $"Publishing {ProductKey.Of(product).Item}",
            () => PublishAsync(attempt, product, shops),
            fault => SaveFailedAsync(attempt, product, fault)));
        await attempt.Log.InfoAsync($"{attempt.Made.Values.Count(product => product.State == ProductState.Published)} of {attempt.Made.Count} products are published.");
    }

    private async Task PublishAsync(Attempt attempt, ProductRecord product, ConcurrentDictionary<long, PrintifyShop> shops)
    {
        var shop = shops.GetValueOrDefault(product.ShopId) ?? throw new JobFaultException(new JobFault
        {
            Class = FaultClass.Configuration,
            Code = FaultCodes.ShopNotConfigured,
            Message = $"Shop {product.ShopId} of channel {product.Platform} is not a shop of this Printify account: correct the pool's platforms or its key.",
        });
        var published = await publisher.PublishAsync(attempt, product, shop);
        await attempt.Ledger.SaveAsync(published, attempt.Effect);
        attempt.Made[ProductKey.Of(product)] = published;
        await attempt.Progress.PublishedAsync();
    }

    private static async Task SaveFailedAsync(Attempt attempt, ProductRecord product, PartFault fault)
    {
        if (fault.PutOff)
        {
            return;
        }

        var failed = product with { State = ProductState.Failed, FaultCode = fault.Fault.Code, FaultMessage = fault.Fault.Message };
        await attempt.Ledger.SaveAsync(failed, attempt.Effect);
        attempt.Made[ProductKey.Of(product)] = failed;
    }

    private static IEnumerable<ProductRecord> Unpublished(Attempt attempt) => attempt.Made.Values
        .Where(product => product.State != ProductState.Published)
        .OrderBy(product => product.ImageIndex);
}
