namespace PodEngine.Simulators.Printify.Catalogue;

/// <summary>A print provider and where it is.</summary>
internal sealed record PrintProvider(int Id, string Title, string Address, string City, string Country, string Region, string Zip);
