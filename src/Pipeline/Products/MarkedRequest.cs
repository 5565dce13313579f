namespace PodEngine.Pipeline.Products;

/// <summary>The recorded request of something at Printify.</summary>
/// <param name="Marker">By which it is found again: the SKU marker of a product, the file name of an upload.</param>
/// <param name="ShopId">Printify shop; null for uploads, which belong to the account.</param>
internal sealed record MarkedRequest(string Marker, long? ShopId = null);
