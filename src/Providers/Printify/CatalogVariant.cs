namespace PodEngine.Providers.Printify;

/// <summary>What a print provider makes of a blueprint: one colour in one size.</summary>
/// <param name="Id">Variant id.</param>
/// <param name="Title">As the catalogue shows it.</param>
/// <param name="Color">Colour; null when the product has none.</param>
/// <param name="Size">Size; null when the product has none.</param>
/// <param name="Placeholders">Its print areas.</param>
public sealed record CatalogVariant(int Id, string Title, string? Color, string? Size, IReadOnlyList<CatalogPlaceholder> Placeholders);

/// <summary>A print area.</summary>
/// <param name="Position">Name, for example <c>front</c>.</param>
/// <param name="Width">Print-file pixels.</param>
/// <param name="Height">Print-file pixels.</param>
public sealed record CatalogPlaceholder(string Position, int Width, int Height);
