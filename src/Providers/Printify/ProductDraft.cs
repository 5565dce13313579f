using PodEngine.Shared.Products;

namespace PodEngine.Providers.Printify;

/// <summary>A product about to be created.</summary>
public sealed record ProductDraft
{
    private const string Operation = "draft-product";

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
    /// Chooses the variants of <paramref name="definition"/> (exact colours × exact sizes, letter case aside) and gives each the SKU by
    /// which the product is found again. Where more than <see cref="ProductCatalog.MaxVariants"/> fit, the first ones are taken.
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
        string skuMarker)
    {
        var printable = WithPlaceholder(definition, variants);
        RequireAll(definition, "colour", definition.Colors, printable, variant => variant.Color);
        RequireAll(definition, "size", definition.Sizes, printable, variant => variant.Size);
        var chosen = Choose(definition, printable);
        return new()
        {
            Title = title,
            Description = description,
            Tags = tags,
            BlueprintId = definition.BlueprintId,
            PrintProviderId = definition.PrintProviderId,
            UploadId = uploadId,
            Placement = definition.Placement,
            Variants = [.. chosen.Select(variant => new PrintifyProductVariant(variant.Id, SkuOf(skuMarker, variant.Id), definition.PriceCents, IsEnabled: true))],
        };
    }

    internal static string SkuOf(string marker, int variantId) => $"{marker}-{variantId}";

    internal ProductRequest ToRequest() => new(
        Title,
        Description,
        Tags,
        BlueprintId,
        PrintProviderId,
        [.. Variants.Select(variant => new VariantRequest(variant.Id, variant.Sku, variant.PriceCents, variant.IsEnabled))],
        [
            new(
                [.. Variants.Select(variant => variant.Id)],
                [new(Placement.Position, [new(UploadId, Placement.X, Placement.Y, Placement.Scale, Placement.Angle)])]),
        ]);

    private static List<CatalogVariant> WithPlaceholder(ProductDefinition definition, IReadOnlyList<CatalogVariant> variants)
    {
        string position = definition.Placement.Position;
        List<CatalogVariant> printable = [.. variants.Where(variant => variant.Placeholders.Any(placeholder => placeholder.Position == position))];
        return printable.Count > 0 ? printable : throw Unknown(
            definition,
            variants.Count == 0
                ? "there are no variants in stock"
                : $"there is no placeholder '{position}'. There are: {List(variants.SelectMany(variant => variant.Placeholders.Select(placeholder => placeholder.Position)))}");
    }

    private static void RequireAll(
        ProductDefinition definition, string kind, IReadOnlyList<string> wanted, List<CatalogVariant> variants, Func<CatalogVariant, string?> optionOf)
    {
        var missing = wanted.Where(value => !variants.Exists(variant => Is(optionOf(variant), value))).ToList();
        if (missing.Count > 0)
        {
            throw Unknown(definition, $"there is no {kind} {string.Join(", ", missing.Select(value => $"'{value}'"))}. There are: {List(variants.Select(optionOf))}");
        }
    }

    private static List<CatalogVariant> Choose(ProductDefinition definition, List<CatalogVariant> variants)
    {
        List<CatalogVariant> chosen =
        [
            .. variants
                .Where(variant => Rank(definition.Colors, variant.Color) >= 0 && Rank(definition.Sizes, variant.Size) >= 0)
                .OrderBy(variant => Rank(definition.Colors, variant.Color))
                .ThenBy(variant => Rank(definition.Sizes, variant.Size))
                .DistinctBy(variant => variant.Id)
                .Take(ProductCatalog.MaxVariants),
        ];
        return chosen.Count > 0
            ? chosen
            : throw Unknown(definition, $"no variant has one of its colours in one of its sizes. There are: {List(variants.Select(variant => $"{variant.Color}/{variant.Size}"))}");
    }

    /// <summary>Place in the wish list; 0 when any will do, −1 when it is not wanted.</summary>
    private static int Rank(IReadOnlyList<string> wanted, string? value)
    {
        if (wanted.Count == 0)
        {
            return 0;
        }

        for (int i = 0; i < wanted.Count; i++)
        {
            if (Is(value, wanted[i]))
            {
                return i;
            }
        }

        return -1;
    }

    private static bool Is(string? value, string wanted) => string.Equals(value, wanted, StringComparison.OrdinalIgnoreCase);

    private static string List(IEnumerable<string?> values) =>
        string.Join(", ", values.OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase));

    private static Http.ProviderException Unknown(ProductDefinition definition, string what) => PrintifyFaults.CatalogEntryUnknown(
        Operation,
        $"Product type '{definition.Type}' (blueprint {definition.BlueprintId}, print provider {definition.PrintProviderId}): {what}. Correct the product catalogue.");
}
