using System.Globalization;
using System.Text.Json;
using PodEngine.Providers.Http;

namespace PodEngine.Providers.Printify;

/// <summary>Printify's answers as our records.</summary>
internal static class PrintifyAnswers
{
    public static PrintifyShop Shop(ShopMessage shop) => new(shop.Id, shop.Title ?? "", shop.SalesChannel ?? "");

    public static IReadOnlyList<CatalogVariant> Variants(VariantsMessage variants) =>
        [.. (variants.Variants ?? throw new JsonException("There is no list of variants.")).Select(Variant)];

    public static PageMessage<T> Page<T>(PageMessage<T> page) => page.Data is not null ? page : throw new JsonException("The page has no data.");

    public static PrintifyUpload Upload(UploadMessage upload) =>
        new(Id(upload.Id, "upload"), upload.FileName ?? "", upload.Width, upload.Height, upload.Size);

    public static PrintifyProduct Product(ProductMessage product) => new()
    {
        Id = Id(product.Id, "product"),
        Title = product.Title ?? "",
        IsLocked = product.IsLocked ?? false,
        Visible = product.Visible ?? false,
        CreatedTime = DateTimeOffset.TryParse(product.CreatedAt, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var created) ? created : null,
        External = External(product.External),
        Variants = [.. (product.Variants ?? []).Select(variant =>
            new PrintifyProductVariant(variant.Id, variant.Sku, variant.Price ?? 0, variant.IsEnabled ?? false))],
    };

    private static CatalogVariant Variant(VariantMessage variant) => new(
        variant.Id,
        variant.Title ?? "",
        variant.Options?.Color,
        variant.Options?.Size,
        [.. (variant.Placeholders ?? []).Select(placeholder => new CatalogPlaceholder(placeholder.Position ?? "", placeholder.Width, placeholder.Height))]);

    /// <summary>The listing is an object in the reference, an array in Printify's own SDK, and may be missing, null or empty.</summary>
    private static PrintifyExternal? External(JsonElement? external) => external switch
    {
        { ValueKind: JsonValueKind.Array } list => External(list.EnumerateArray().Cast<JsonElement?>().FirstOrDefault()),
        { ValueKind: JsonValueKind.Object } listing when (listing.Text("id") ?? listing.Number("id")?.ToString(CultureInfo.InvariantCulture)) is { Length: > 0 } id =>
            new(id, listing.Text("handle")),
        _ => null,
    };

    private static string Id(string? id, string of) => !string.IsNullOrEmpty(id) ? id : throw new JsonException($"The {of} has no id.");
}
