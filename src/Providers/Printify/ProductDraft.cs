using PodEngine.Shared.Products;

namespace PodEngine.Providers.Printify;

/// <summary>A product about to be created.</summary>
public sealed record ProductDraft
{
    private ProductDraft()
    {
    }

    /// <summary>Title.</summary>
    public required string Title { get; init; }

    /// <summary>Description; HTML is allowed.</summary>
    public required string Description { get; init; }

    /// <summary>Tags.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>Blueprint id.</summary>
    public required int BlueprintId { get; init; }

    /// <summary>Print provider id.</summary>
    public required int PrintProviderId { get; init; }

    /// <summary>Upload id of the picture.</summary>
    public required string UploadId { get; init; }

    /// <summary>Where the picture goes.</summary>
    public required PrintPlacement Placement { get; init; }

    /// <summary>The variants sold, at most <see cref="ProductCatalog.MaxVariants"/>.</summary>
    public required IReadOnlyList<PrintifyProductVariant> Variants { get; init; }

    /// <summary>
    /// Chooses the variants of <paramref name="definition"/> (exact colours × exact sizes) and gives each the SKU by which the product is
    /// found again.
    /// </summary>
    /// <param name="definition">What to make.</param>
    /// <param name="variants">What the print provider makes of the blueprint.</param>
    /// <param name="uploadId">The picture.</param>
    /// <param name="title">Title.</param>
    /// <param name="description">Description.</param>
    /// <param name="tags">Tags.</param>
    /// <param name="skuMarker">Stable key of this product, the same in every attempt; letters, digits and dashes.</param>
    /// <exception cref="Http.ProviderException">A colour, size or placeholder is not in the catalogue; the message lists those there are.</exception>
    public static ProductDraft Build(
        ProductDefinition definition,
        IReadOnlyList<CatalogVariant> variants,
        string uploadId,
        string title,
        string description,
        IReadOnlyList<string> tags,
        string skuMarker) => throw new NotImplementedException();

    internal static string SkuOf(string marker, int variantId) => $"{marker}-{variantId}";
}
