namespace PodEngine.Shared.Jobs;

/// <summary>The counts of a design job's progress; the detail that travels beside its percentage and step.</summary>
/// <param name="ImagesDone">Pictures stored.</param>
/// <param name="ImagesTotal">Pictures asked for.</param>
/// <param name="ProductsDone">Products made, and published where that was asked for.</param>
/// <param name="ProductsTotal">Products asked for.</param>
public sealed record ProgressDetail(int ImagesDone, int ImagesTotal, int ProductsDone, int ProductsTotal);
