using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Reflection;
using System.Text.Json.Serialization.Metadata;
using PodEngine.Providers.Http;

namespace PodEngine.Providers.Printify;

/// <summary>Printify's REST API, version 1 (developers.printify.com).</summary>
/// <remarks>
/// Printify knows no idempotency key: every upload and every product posted is a new one. So a lost answer is <see cref="Spend.Unknown"/>, and
/// the caller looks for what it may have made, by the name of an upload or the SKU marker of a product, before posting again. Publishing,
/// confirming, unpublishing and deleting name a product and may be repeated after reading it.
/// </remarks>
public sealed class PrintifyClient : IDisposable
{
    /// <summary>Largest picture sent by its contents; larger ones need a URL (Printify's reference, uploads).</summary>
    public const int MaxInlineBytes = 5 * 1024 * 1024;

    private const int UploadsPerPage = 100;
    private const int ProductsPerPage = 50;

    /// <summary>20,000 products or 40,000 uploads are searched, in at most 400 of the 600 requests a minute.</summary>
    private const int MaxPages = 400;

    private static readonly ProductInfoHeaderValue UserAgent = new(
        "pod-engine", typeof(PrintifyClient).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0]);

    private readonly PrintifySettings _settings;
    private readonly ProviderHttp _http;
    private readonly VariantCache _variants;

    /// <summary>A client; it opens no connection before the first call.</summary>
    public PrintifyClient(PrintifySettings settings, ProviderServices services)
    {
        _settings = settings;
        _variants = new(settings.CatalogLifetime, services.Time);
        _http = new("printify", settings.BaseUrl, settings.Limits, services, (call, reply, key) => PrintifyFaults.OfStatus(call, reply, key, services.Time));
    }

    /// <summary>Longest time one call takes, its tries included.</summary>
    public TimeSpan CallTimeout => _settings.Limits.CallTimeout;

    /// <summary>The account's shops.</summary>
    public Task<IReadOnlyList<PrintifyShop>> ListShopsAsync(CancellationToken cancellationToken) => SendAsync<IReadOnlyList<PrintifyShop>>(
        ProviderCall.Read("list-shops", BudgetKeys.Printify),
        HttpMethod.Get,
        "v1/shops.json",
        null,
        reply => [.. JsonAnswer.Read(reply, PrintifyMessages.Default.ListShopMessage).Select(PrintifyAnswers.Shop)],
        cancellationToken);

    /// <summary>What a print provider makes of a blueprint; kept for <see cref="PrintifySettings.CatalogLifetime"/>.</summary>
    /// <exception cref="ProviderException">Code <c>CatalogEntryUnknown</c> when there is no such blueprint at that print provider.</exception>
    public Task<IReadOnlyList<CatalogVariant>> GetVariantsAsync(int blueprintId, int printProviderId, CancellationToken cancellationToken) =>
        _variants.GetAsync(blueprintId, printProviderId, () => AskVariantsAsync(blueprintId, printProviderId, cancellationToken), cancellationToken);

    /// <summary>Uploads a picture by its contents.</summary>
    /// <exception cref="ProviderException">Code <c>PictureTooLarge</c> above <see cref="MaxInlineBytes"/>.</exception>
    public Task<PrintifyUpload> UploadImageAsync(string fileName, ReadOnlyMemory<byte> contents, CancellationToken cancellationToken)
    {
        var call = ProviderCall.Effect("upload-image", BudgetKeys.Printify);
        return contents.Length > MaxInlineBytes
            ? throw PrintifyFaults.TooLarge(call, contents.Length)
            : UploadAsync(call, new(fileName, Convert.ToBase64String(contents.Span), null), cancellationToken);
    }

    /// <summary>Uploads a picture that Printify fetches itself.</summary>
    public Task<PrintifyUpload> UploadImageAsync(string fileName, Uri url, CancellationToken cancellationToken) =>
        UploadAsync(ProviderCall.Effect("upload-image", BudgetKeys.Printify), new(fileName, null, url), cancellationToken);

    /// <summary>Looks for an upload by the name it was given; null when there is none.</summary>
    public async Task<PrintifyUpload?> FindUploadByFileNameAsync(string fileName, CancellationToken cancellationToken)
    {
        var pages = Pages("list-uploads", "v1/uploads.json", UploadsPerPage, PrintifyMessages.Default.UploadPage, cancellationToken);
        await foreach (var upload in pages)
        {
            if (upload.FileName == fileName)
            {
                return PrintifyAnswers.Upload(upload);
            }
        }

        return null;
    }

    /// <summary>Creates a product.</summary>
    public Task<PrintifyProduct> CreateProductAsync(long shopId, ProductDraft draft, CancellationToken cancellationToken) => SendAsync(
        ProviderCall.Effect("create-product", BudgetKeys.Printify),
        HttpMethod.Post,
        $"v1/shops/{shopId}/products.json",
        () => Body(draft.ToRequest(), PrintifyMessages.Default.ProductRequest),
        reply => PrintifyAnswers.Product(JsonAnswer.Read(reply, PrintifyMessages.Default.ProductMessage)),
        cancellationToken);

    /// <summary>Every product made under that marker, oldest first; usually none or one.</summary>
    public async Task<IReadOnlyList<PrintifyProduct>> FindProductsBySkuMarkerAsync(long shopId, string marker, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, PrintifyProduct>(StringComparer.Ordinal);
        var pages = Pages("list-products", $"v1/shops/{shopId}/products.json", ProductsPerPage, PrintifyMessages.Default.ProductPage, cancellationToken);
        await foreach (var message in pages)
        {
            var product = PrintifyAnswers.Product(message);
            if (product.HasSkuMarker(marker))
            {
                found[product.Id] = product;
            }
        }

        // Printify's ids are MongoDB's: they begin with the time, which settles equal or missing times.
        return [.. found.Values.OrderBy(product => product.CreatedTime).ThenBy(product => product.Id, StringComparer.Ordinal)];
    }

    /// <summary>A product; null when it is not there.</summary>
    public async Task<PrintifyProduct?> GetProductAsync(long shopId, string productId, CancellationToken cancellationToken)
    {
        try
        {
            return await SendAsync(
                ProviderCall.Read("get-product", BudgetKeys.Printify),
                HttpMethod.Get,
                ProductPath(shopId, productId),
                null,
                reply => PrintifyAnswers.Product(JsonAnswer.Read(reply, PrintifyMessages.Default.ProductMessage)),
                cancellationToken);
        }
        catch (ProviderException missing) when (missing.StatusCode == (int)HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>
    /// Asks for publication with title, description, pictures, variants and tags. The product is locked until the channel (or
    /// <see cref="ConfirmPublishedAsync"/>, see <see cref="PrintifyShop.NeedsConfirmation"/>) reports back. What publishing a locked product does
    /// is not documented: read it first.
    /// </summary>
    public Task PublishAsync(long shopId, string productId, CancellationToken cancellationToken) => EffectAsync(
        ProviderCall.Effect("publish-product", BudgetKeys.PrintifyPublish, BudgetKeys.Printify),
        ProductPath(shopId, productId, "/publish"),
        () => Body(new PublishRequest(true, true, true, true, true), PrintifyMessages.Default.PublishRequest),
        cancellationToken);

    /// <summary>Tells Printify that a product of an API shop is listed, which unlocks it. May be repeated.</summary>
    public Task ConfirmPublishedAsync(long shopId, string productId, PrintifyExternal external, CancellationToken cancellationToken) => EffectAsync(
        ProviderCall.Idempotent("confirm-published", BudgetKeys.Printify),
        ProductPath(shopId, productId, "/publishing_succeeded"),
        () => Body(new PublishedRequest(new(external.Id, external.Handle)), PrintifyMessages.Default.PublishedRequest),
        cancellationToken);

    /// <summary>Takes a publication back. May be repeated.</summary>
    public Task UnpublishAsync(long shopId, string productId, CancellationToken cancellationToken) =>
        EffectAsync(ProviderCall.Idempotent("unpublish-product", BudgetKeys.Printify), ProductPath(shopId, productId, "/unpublish"), null, cancellationToken);

    /// <summary>Deletes a product; harmless when it is not there.</summary>
    /// <exception cref="ProviderException">Provider code <c>8252</c>, retryable: the product is locked.</exception>
    public async Task DeleteProductAsync(long shopId, string productId, CancellationToken cancellationToken)
    {
        try
        {
            await SendAsync(
                ProviderCall.Idempotent("delete-product", BudgetKeys.Printify), HttpMethod.Delete, ProductPath(shopId, productId), null, _ => true, cancellationToken);
        }
        catch (ProviderException gone) when (gone.StatusCode == (int)HttpStatusCode.NotFound)
        {
        }
    }

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();

    private static string ProductPath(long shopId, string productId, string action = "") =>
        $"v1/shops/{shopId}/products/{Uri.EscapeDataString(productId)}{action}.json";

    private static JsonContent Body<T>(T value, JsonTypeInfo<T> type) => JsonContent.Create(value, type);

    private async Task<IReadOnlyList<CatalogVariant>> AskVariantsAsync(int blueprintId, int printProviderId, CancellationToken cancellationToken)
    {
        var call = ProviderCall.Read("list-variants", BudgetKeys.PrintifyCatalog, BudgetKeys.Printify);
        try
        {
            return await SendAsync(
                call,
                HttpMethod.Get,
                $"v1/catalog/blueprints/{blueprintId}/print_providers/{printProviderId}/variants.json",
                null,
                reply => PrintifyAnswers.Variants(JsonAnswer.Read(reply, PrintifyMessages.Default.VariantsMessage)),
                cancellationToken);
        }
        catch (ProviderException missing) when (missing.StatusCode == (int)HttpStatusCode.NotFound)
        {
            throw PrintifyFaults.CatalogEntryUnknown(
                call.Operation, $"Printify's catalogue has no blueprint {blueprintId} made by print provider {printProviderId}. Correct the product catalogue.");
        }
    }

    private Task<PrintifyUpload> UploadAsync(ProviderCall call, UploadRequest request, CancellationToken cancellationToken) => SendAsync(
        call,
        HttpMethod.Post,
        "v1/uploads/images.json",
        () => Body(request, PrintifyMessages.Default.UploadRequest),
        reply => PrintifyAnswers.Upload(JsonAnswer.Read(reply, PrintifyMessages.Default.UploadMessage)),
        cancellationToken);

    /// <summary>A request whose answer says nothing: <c>{}</c> in the reference, empty in the OpenAPI file.</summary>
    private Task<bool> EffectAsync(ProviderCall call, string path, Func<HttpContent>? body, CancellationToken cancellationToken) =>
        SendAsync(call, HttpMethod.Post, path, body, _ => true, cancellationToken);

    /// <summary>
    /// Walks a paged list to its end. Things deleted meanwhile move later ones forward, past the walker, so a walk during which the total
    /// shrank is begun again, at most twice; things met twice are told twice.
    /// </summary>
    private async IAsyncEnumerable<T> Pages<T>(
        string operation,
        string path,
        int perPage,
        JsonTypeInfo<PageMessage<T>> type,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var call = ProviderCall.Read(operation, BudgetKeys.Printify);
        long? total = null;
        int walks = 1;
        for (int number = 1; ; number++)
        {
            if (number > MaxPages)
            {
                throw PrintifyFaults.TooManyPages(call, MaxPages);
            }

            var page = await SendAsync(
                call, HttpMethod.Get, $"{path}?limit={perPage}&page={number}", null, reply => PrintifyAnswers.Page(JsonAnswer.Read(reply, type)), cancellationToken);
            foreach (var item in page.Data!)
            {
                yield return item;
            }

            if (page.Total < total && walks < 3)
            {
                (number, total, walks) = (0, null, walks + 1);
                continue;
            }

            total = page.Total;
            if (number >= page.LastPage || page.Data!.Count == 0)
            {
                yield break;
            }
        }
    }

    private Task<T> SendAsync<T>(
        ProviderCall call, HttpMethod method, string path, Func<HttpContent>? body, Func<ProviderReply, T> read, CancellationToken cancellationToken)
    {
        string key = _settings.Key.Read() ?? throw PrintifyFaults.NoKey(call);
        return _http.SendAsync(
            call,
            () =>
            {
                var request = new HttpRequestMessage(method, path) { Content = body?.Invoke() };
                request.Headers.Authorization = new("Bearer", key);
                request.Headers.UserAgent.Add(UserAgent);
                request.Headers.Accept.Add(new("application/json"));
                return request;
            },
            read,
            key,
            cancellationToken);
    }
}
