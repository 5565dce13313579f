namespace PodEngine.Simulators.Printify;

/// <summary>A shop of the account.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Title">Its name.</param>
/// <param name="SalesChannel"><c>custom_integration</c>, <c>disconnected</c>, or a connected channel such as <c>shopify</c>.</param>
public sealed record PrintifyShop(int Id, string Title, string SalesChannel);
