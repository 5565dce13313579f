using PodEngine.Shared.Products;

namespace PodEngine.Shared.Tests.Products;

public sealed class ProductCatalogTests
{
    public static TheoryData<string> Types => [.. ProductCatalog.Default.Keys];

    [Fact]
    public void The_product_types_of_the_manifests_are_there() =>
        Assert.Equal(["hoodie", "mug", "poster", "tshirt"], ProductCatalog.Default.Keys.Order());

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_product_can_be_made_and_sold(string type)
    {
        var product = ProductCatalog.Default[type];

        Assert.Equal(type, product.Type);
        Assert.Matches("^[a-z0-9-]+$", product.Type);
        Assert.NotEmpty(product.Label);
        Assert.True(product is { BlueprintId: > 0, PrintProviderId: > 0 });
        Assert.InRange(product.PriceCents, 500, 10_000);
        Assert.InRange(Math.Max(1, product.Colors.Count) * Math.Max(1, product.Sizes.Count), 1, ProductCatalog.MaxVariants);
        Assert.Distinct(product.Colors);
        Assert.Distinct(product.Sizes);
        Assert.Equal(new PrintPlacement { Position = "front", X = 0.5, Y = 0.5, Scale = 1, Angle = 0 }, product.Placement);
    }

    [Fact]
    public void No_two_types_are_the_same_blueprint() => Assert.Distinct(ProductCatalog.Default.Values.Select(product => product.BlueprintId));
}
