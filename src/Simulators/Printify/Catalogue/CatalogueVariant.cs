namespace PodEngine.Simulators.Printify.Catalogue;

/// <summary>A variant; its id is the same with every provider.</summary>
internal sealed record CatalogueVariant(
    int Id, string Title, IReadOnlyList<(string Name, string Value)> Options, IReadOnlyList<Placeholder> Placeholders, int CostCents, int Grams);
