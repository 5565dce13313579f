using PodEngine.Providers.Http;

namespace PodEngine.Providers.Printify;

/// <summary>Printify's REST API, version 1.</summary>
public sealed class PrintifyClient : IDisposable
{
    /// <summary>Largest picture sent by its contents; larger ones need a URL (Printify's reference, uploads).</summary>
    public const int MaxInlineBytes = 5 * 1024 * 1024;

    /// <summary>A client; it opens no connection before the first call.</summary>
    public PrintifyClient(PrintifySettings settings, ProviderServices services)
    {
        CallTimeout = settings.Limits.CallTimeout;
        _ = services;
    }

    /// <summary>Longest time one call takes, its tries included.</summary>
    public TimeSpan CallTimeout { get; }

    /// <summary>The account's shops.</summary>
    public Task<IReadOnlyList<PrintifyShop>> ListShopsAsync(CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>What a print provider makes of a blueprint; kept for an hour.</summary>
    public Task<IReadOnlyList<CatalogVariant>> GetVariantsAsync(int blueprintId, int printProviderId, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Uploads a picture by its contents.</summary>
    /// <exception cref="ProviderException">Code <c>PictureTooLarge</c> above <see cref="MaxInlineBytes"/>.</exception>
    public Task<PrintifyUpload> UploadImageAsync(string fileName, ReadOnlyMemory<byte> contents, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Uploads a picture that Printify fetches itself.</summary>
    public Task<PrintifyUpload> UploadImageAsync(string fileName, Uri url, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Looks for an upload by the name it was given; null when there is none.</summary>
    public Task<PrintifyUpload?> FindUploadByFileNameAsync(string fileName, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Creates a product.</summary>
    public Task<PrintifyProduct> CreateProductAsync(long shopId, ProductDraft draft, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Every product made under that marker, oldest first; usually none or one.</summary>
    public Task<IReadOnlyList<PrintifyProduct>> FindProductsBySkuMarkerAsync(long shopId, string marker, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>A product; null when it is not there.</summary>
    public Task<PrintifyProduct?> GetProductAsync(long shopId, string productId, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Asks for publication. The product is locked until the channel (or <see cref="ConfirmPublishedAsync"/>) reports back.</summary>
    public Task PublishAsync(long shopId, string productId, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Tells Printify that a product of an API shop is listed, which unlocks it.</summary>
    public Task ConfirmPublishedAsync(long shopId, string productId, PrintifyExternal external, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Takes a publication back.</summary>
    public Task UnpublishAsync(long shopId, string productId, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Deletes a product; harmless when it is not there.</summary>
    public Task DeleteProductAsync(long shopId, string productId, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <inheritdoc />
    public void Dispose()
    {
    }
}
