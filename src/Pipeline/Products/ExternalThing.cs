namespace PodEngine.Pipeline.Products;

/// <summary>The recorded result of an upload or a product.</summary>
/// <param name="Id">Printify's id.</param>
internal sealed record ExternalThing(string Id);
