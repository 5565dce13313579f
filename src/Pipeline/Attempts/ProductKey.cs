using PodEngine.Ledger;
using PodEngine.Shared.Jobs;

namespace PodEngine.Pipeline.Attempts;

/// <summary>Which product of a job.</summary>
internal readonly record struct ProductKey(int ImageIndex, string ProductType, string Platform)
{
    /// <summary>The item of its purchases.</summary>
    public string Item => $"{ImageIndex}/{ProductType}/{Platform}";

    public static ProductKey Of(ProductRecord product) => new(product.ImageIndex, product.ProductType, product.Platform);

    /// <summary>All products a job asks for, picture by picture.</summary>
    public static IEnumerable<ProductKey> All(DesignWork work, IEnumerable<int> images) =>
        from image in images
        from product in work.Products
        from platform in work.Platforms
        select new ProductKey(image, product.Type, platform.Name);
}
