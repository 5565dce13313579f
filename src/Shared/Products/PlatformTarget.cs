namespace PodEngine.Shared.Products;

/// <summary>A sales channel: a Printify shop under the name the pool gives it.</summary>
/// <param name="Name">Name used in <c>platforms</c>; <c>printify</c> for the pool's own shop.</param>
/// <param name="ShopId">Printify shop id.</param>
public sealed record PlatformTarget(string Name, long ShopId);
