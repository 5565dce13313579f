namespace PodEngine.Simulators.Printify;

/// <summary>A variant of a product; price in cents.</summary>
internal sealed record ProductVariant(int Id, long Price, bool IsEnabled, string Sku, bool IsDefault);
