namespace PodEngine.Providers.Printify;

/// <summary>A shop of the account.</summary>
/// <param name="Id">Shop id.</param>
/// <param name="Title">Its name.</param>
/// <param name="SalesChannel">For example <c>shopify</c>, <c>etsy</c>, <c>custom_integration</c>, <c>disconnected</c>.</param>
public sealed record PrintifyShop(long Id, string Title, string SalesChannel)
{
    /// <summary>True for a shop of type API: nobody but the caller lists its products, so publishing must be confirmed or the product stays locked.</summary>
    public bool NeedsConfirmation => string.Equals(SalesChannel, "custom_integration", StringComparison.OrdinalIgnoreCase);
}
