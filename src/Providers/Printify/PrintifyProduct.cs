namespace PodEngine.Providers.Printify;

/// <summary>A product in a shop.</summary>
public sealed record PrintifyProduct
{
    /// <summary>Product id.</summary>
    public required string Id { get; init; }

    /// <summary>Title.</summary>
    public required string Title { get; init; }

    /// <summary>True while a publication is under way; an unconfirmed one of an API shop stays so.</summary>
    public bool IsLocked { get; init; }

    /// <summary>True when shoppers see it.</summary>
    public bool Visible { get; init; }

    /// <summary>When it was made; null when the answer does not tell.</summary>
    public DateTimeOffset? CreatedTime { get; init; }

    /// <summary>Its listing on the sales channel; null until published there.</summary>
    public PrintifyExternal? External { get; init; }

    /// <summary>Its variants, enabled or not.</summary>
    public IReadOnlyList<PrintifyProductVariant> Variants { get; init; } = [];

    /// <summary>True when the product was made under that marker (see <see cref="ProductDraft"/>).</summary>
    public bool HasSkuMarker(string marker) => Variants.Any(variant => variant.Sku == ProductDraft.SkuOf(marker, variant.Id));
}

/// <summary>A listing on a sales channel.</summary>
/// <param name="Id">The channel's id.</param>
/// <param name="Handle">Address or handle; may be null.</param>
public sealed record PrintifyExternal(string Id, string? Handle);

/// <summary>A variant of a product.</summary>
/// <param name="Id">Variant id of the catalogue.</param>
/// <param name="Sku">Stock keeping unit.</param>
/// <param name="PriceCents">Price in US cents.</param>
/// <param name="IsEnabled">True when it is sold.</param>
public sealed record PrintifyProductVariant(int Id, string? Sku, int PriceCents, bool IsEnabled);
