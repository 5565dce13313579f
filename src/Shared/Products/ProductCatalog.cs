namespace PodEngine.Shared.Products;

/// <summary>
/// The product types known without configuration. Blueprints and providers are Printify's: 6 is the Gildan 5000 adult tee, 77 the Gildan 18500
/// hoodie, 68 the 11 oz mug, 282 the matte vertical poster; 99 is Printify Choice. A pool's catalogue ConfigMap adds to them or replaces them by type.
/// </summary>
public static class ProductCatalog
{
    /// <summary>Printify Choice: Printify picks the print provider.</summary>
    public const int PrintifyChoice = 99;

    /// <summary>At most this many enabled variants per product (Printify's limit).</summary>
    public const int MaxVariants = 100;

    /// <summary>The default catalogue by type.</summary>
    public static IReadOnlyDictionary<string, ProductDefinition> Default { get; } = new ProductDefinition[]
    {
        new()
        {
            Type = "tshirt", Label = "T-Shirt", BlueprintId = 6, PrintProviderId = PrintifyChoice, PriceCents = 1999,
            Colors = ["Black", "White", "Navy", "Sport Grey"], Sizes = ["S", "M", "L", "XL", "2XL", "3XL"],
        },
        new()
        {
            Type = "hoodie", Label = "Hoodie", BlueprintId = 77, PrintProviderId = PrintifyChoice, PriceCents = 3499,
            Colors = ["Black", "Navy", "Sport Grey"], Sizes = ["S", "M", "L", "XL", "2XL"],
        },
        new() { Type = "mug", Label = "Mug", BlueprintId = 68, PrintProviderId = PrintifyChoice, PriceCents = 1299 },
        new() { Type = "poster", Label = "Poster", BlueprintId = 282, PrintProviderId = PrintifyChoice, PriceCents = 1599 },
    }.ToDictionary(product => product.Type, StringComparer.Ordinal);
}
