using System.Text.Json;
using System.Text.Json.Serialization;

namespace PodEngine.Providers.Printify;

/// <summary>Printify's JSON: snake_case, numbers sometimes as text, members we do not know ignored.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(List<ShopMessage>))]
[JsonSerializable(typeof(VariantsMessage))]
[JsonSerializable(typeof(UploadMessage))]
[JsonSerializable(typeof(UploadRequest))]
[JsonSerializable(typeof(PageMessage<UploadMessage>), TypeInfoPropertyName = "UploadPage")]
[JsonSerializable(typeof(ProductMessage))]
[JsonSerializable(typeof(PageMessage<ProductMessage>), TypeInfoPropertyName = "ProductPage")]
[JsonSerializable(typeof(ProductRequest))]
[JsonSerializable(typeof(PublishRequest))]
[JsonSerializable(typeof(PublishedRequest))]
internal sealed partial class PrintifyMessages : JsonSerializerContext;

internal sealed record ShopMessage(long Id, string? Title, string? SalesChannel);

internal sealed record VariantsMessage(IReadOnlyList<VariantMessage>? Variants);

internal sealed record VariantMessage(int Id, string? Title, VariantOptions? Options, IReadOnlyList<PlaceholderMessage>? Placeholders);

internal sealed record VariantOptions(string? Color, string? Size);

internal sealed record PlaceholderMessage(string? Position, int Width, int Height);

internal sealed record UploadRequest(string FileName, string? Contents, Uri? Url);

internal sealed record UploadMessage(string? Id, string? FileName, int Width, int Height, long Size);

internal sealed record PageMessage<T>(int CurrentPage, int LastPage, long? Total, IReadOnlyList<T>? Data);

internal sealed record ProductMessage(
    string? Id,
    string? Title,
    bool? IsLocked,
    bool? Visible,
    string? CreatedAt,
    JsonElement? External,
    IReadOnlyList<ProductVariantMessage>? Variants);

internal sealed record ProductVariantMessage(int Id, string? Sku, int? Price, bool? IsEnabled);

internal sealed record ProductRequest(
    string Title,
    string Description,
    IReadOnlyList<string> Tags,
    int BlueprintId,
    int PrintProviderId,
    IReadOnlyList<VariantRequest> Variants,
    IReadOnlyList<PrintAreaRequest> PrintAreas);

internal sealed record VariantRequest(int Id, string? Sku, int Price, bool IsEnabled);

internal sealed record PrintAreaRequest(IReadOnlyList<int> VariantIds, IReadOnlyList<PlaceholderRequest> Placeholders);

internal sealed record PlaceholderRequest(string Position, IReadOnlyList<PlacedImageRequest> Images);

internal sealed record PlacedImageRequest(string Id, double X, double Y, double Scale, int Angle);

internal sealed record PublishRequest(bool Title, bool Description, bool Images, bool Variants, bool Tags);

internal sealed record PublishedRequest(PublishedExternal External);

internal sealed record PublishedExternal(string Id, string? Handle);
