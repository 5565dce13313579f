namespace PodEngine.Simulators.Printify.Catalogue;

/// <summary>A product that can be printed on, and the providers who make it.</summary>
internal sealed record Blueprint(
    int Id, string Title, string Brand, string Model, string Description, IReadOnlyList<int> ProviderIds, IReadOnlyList<CatalogueVariant> Variants)
{
    public CatalogueVariant? Find(long variantId) => Variants.FirstOrDefault(variant => variant.Id == variantId);
}
