using PodEngine.Ledger;
using PodEngine.Pipeline.Attempts;
using PodEngine.Pipeline.Products;
using PodEngine.Pipeline.Purchases;
using PodEngine.Providers.Printify;
using PodEngine.Shared.Faults;

namespace PodEngine.Pipeline.Publishing;

/// <summary>
/// Puts one product on sale. Publishing names the product, so a lost answer is looked up on the product itself. What follows depends on the shop: one of
/// type API is listed by nobody else, so we confirm at once; a connected shop lists the product itself and unlocks it, which takes minutes.
/// </summary>
internal sealed class ProductPublisher(PrintifyClient printify, PipelineOptions options, TimeProvider time)
{
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromSeconds(30);

    /// <summary>Publishes <paramref name="product"/> and says where it is then: published, or thrown why not (yet).</summary>
    public async Task<ProductRecord> PublishAsync(Attempt attempt, ProductRecord product, PrintifyShop shop)
    {
        await DeleteTwinsAsync(attempt, product);
        var started = await StartAsync(attempt, product);
        var publishing = product with { State = ProductState.Publishing, FaultCode = null, FaultMessage = null };
        await attempt.Ledger.SaveAsync(publishing, attempt.Effect);
        attempt.Made[ProductKey.Of(product)] = publishing;
        var external = shop.NeedsConfirmation ? await ConfirmAsync(attempt, publishing) : await WatchAsync(attempt, publishing, started);
        return publishing with { State = ProductState.Published, Url = Uri.IsWellFormedUriString(external.Handle, UriKind.Absolute) ? external.Handle : null };
    }

    // A worker that was cut off after its call left may have made the product a second time. The recorded one stays.
    private async Task DeleteTwinsAsync(Attempt attempt, ProductRecord product)
    {
        var marker = Marker.OfProduct(attempt.JobId, ProductKey.Of(product));
        foreach (var twin in await printify.FindProductsBySkuMarkerAsync(product.ShopId, marker, attempt.Stopping))
        {
            if (twin.Id == product.ExternalId)
            {
                continue;
            }

            if (twin.External is null && !twin.IsLocked)
            {
                await attempt.Control.WaitUntilSureAsync(attempt.Stopping);
                await printify.DeleteProductAsync(product.ShopId, twin.Id, attempt.Effect);
                await attempt.Log.WarnAsync($"Product {twin.Id} was a second {product.ExternalId}, not published: it is deleted.");
            }
            else
            {
                await attempt.Log.WarnAsync($"Product {twin.Id} is a second {product.ExternalId} and published: look at it in the shop.");
            }
        }
    }

    private Task<PublishingStarted> StartAsync(Attempt attempt, ProductRecord product) => attempt.Purchaser.BuyAsync(new Purchase<PublishingStarted>
    {
        Key = Key(attempt, product),
        Request = PurchaseJson.Write(new MarkedRequest(product.ExternalId!, product.ShopId), PurchaseJson.Default.MarkedRequest),
        CallDeadline = printify.CallTimeout,
        Json = PurchaseJson.Default.PublishingStarted,
        NotFoundProves = true,
        Buy = async call =>
        {
            await printify.PublishAsync(product.ShopId, product.ExternalId!, call.Effect);
            return new Bought<PublishingStarted>(new PublishingStarted(time.GetUtcNow()));
        },
        Find = async call => await GetAsync(product, call.Stopping) is { } now && (now.IsLocked || now.External is not null)
            ? new Bought<PublishingStarted>(new PublishingStarted(time.GetUtcNow()))
            : null,
    });

    // A publication the channel refused is over: the next attempt publishes anew, under the next number.
    private static PurchaseKey Key(Attempt attempt, ProductRecord product)
    {
        var item = ProductKey.Of(product).Item;
        var settled = 0;
        while (attempt.Known.Purchases.TryGetValue(Numbered(settled), out var known) && known.State == PurchaseState.Settled)
        {
            settled++;
        }

        return Numbered(product.State == ProductState.Failed ? settled : Math.Max(settled - 1, 0));

        PurchaseKey Numbered(int number) => new(PublishStep.StepName, number == 0 ? item : $"{item}/{number}");
    }

    private async Task<PrintifyExternal> ConfirmAsync(Attempt attempt, ProductRecord product)
    {
        var now = await GetAsync(product, attempt.Stopping);
        if (now.External is { } listed)
        {
            return listed;
        }

        if (!now.IsLocked)
        {
            throw new JobFaultException(Fault(FaultCodes.ProviderAnswerInvalid, $"Printify accepted the publication of product {product.ExternalId} and did not begin it.", retryable: true));
        }

        var external = new PrintifyExternal(product.ExternalId!, Marker.OfProduct(attempt.JobId, ProductKey.Of(product)));
        await attempt.Control.WaitUntilSureAsync(attempt.Stopping);
        await printify.ConfirmPublishedAsync(product.ShopId, product.ExternalId!, external, attempt.Effect);
        return external;
    }

    private async Task<PrintifyExternal> WatchAsync(Attempt attempt, ProductRecord product, PublishingStarted started)
    {
        var watched = time.GetTimestamp();
        while (true)
        {
            var now = await GetAsync(product, attempt.Stopping);
            if (now.External is { } listed)
            {
                return listed;
            }

            if (!now.IsLocked)
            {
                throw new JobFaultException(Fault(FaultCodes.ProviderRejected, $"The sales channel of shop {product.ShopId} did not take product {product.ExternalId}: look at the product in Printify for its reason.", retryable: true));
            }

            if (time.GetUtcNow() - started.StartedTime > options.PublishDeadline)
            {
                throw new JobFaultException(Fault(FaultCodes.ProviderUnavailable, $"The sales channel of shop {product.ShopId} has not confirmed product {product.ExternalId} within {options.PublishDeadline.TotalMinutes:0} minutes.", retryable: false));
            }

            if (time.GetElapsedTime(watched) > options.PublishWatch)
            {
                throw new JobFaultException(Fault(FaultCodes.ProviderUnavailable, $"The sales channel is still listing product {product.ExternalId}.", retryable: true)) { PutOffFor = LookAgainAfter };
            }

            await Task.Delay(options.PublishPoll, time, attempt.Stopping);
        }
    }

    private async Task<PrintifyProduct> GetAsync(ProductRecord product, CancellationToken cancellationToken) =>
        await printify.GetProductAsync(product.ShopId, product.ExternalId!, cancellationToken)
        ?? throw new JobFaultException(Fault(
            FaultCodes.ProviderRejected,
            $"Product {product.ExternalId} is not in shop {product.ShopId} any more: somebody deleted it. Apply the job anew to make it again.",
            retryable: false));

    private static JobFault Fault(string code, string message, bool retryable) =>
        new() { Class = FaultClass.Provider, Code = code, Message = message, Retryable = retryable };
}
