using PodEngine.Resources.Admission;
using PodEngine.Shared.Products;

namespace PodEngine.Resources.Tests.Admission;

public sealed class PoolCatalogTests
{
    [Fact]
    public void Without_a_config_map_the_built_in_products_are_there()
    {
        var catalog = new PoolCatalog(null);

        Assert.Equal(["hoodie", "mug", "poster", "tshirt"], catalog.Types);
        Assert.Same(ProductCatalog.Default["mug"], catalog.Find("mug", out var faults));
        Assert.Empty(faults);
    }

    // Printify's numbers: Gildan 5000 for adults (3 would be a kids' tee), Gildan 18500, the 11 oz mug, the matte vertical poster.
    [Theory]
    [InlineData("tshirt", 6, 24)]
    [InlineData("hoodie", 77, 15)]
    [InlineData("mug", 68, 0)]
    [InlineData("poster", 282, 0)]
    public void The_built_in_products_are_those_their_names_promise(string type, int blueprint, int variants)
    {
        var product = new PoolCatalog(null).Find(type, out _)!;

        Assert.Equal((blueprint, 99), (product.BlueprintId, product.PrintProviderId));
        Assert.Equal(variants, product.Colors.Count * product.Sizes.Count);
    }

    [Fact]
    public void An_entry_changes_of_a_built_in_product_what_it_names()
    {
        var product = Find("tshirt", "{priceCents: 2499, colors: [Black], placement: {y: 0.4}}");

        var builtIn = ProductCatalog.Default["tshirt"];
        Assert.Equal((2499, builtIn.BlueprintId, builtIn.Label), (product.PriceCents, product.BlueprintId, product.Label));
        Assert.Equal(["Black"], product.Colors);
        Assert.Equal(builtIn.Sizes, product.Sizes);
        Assert.Equal(new PrintPlacement { Y = 0.4 }, product.Placement);
    }

    [Fact]
    public void An_entry_of_a_new_type_adds_a_product_with_defaults()
    {
        var product = Find("phone-case", "blueprintId: 269\npriceCents: 1899\n");

        Assert.Equal(("phone-case", "Phone Case", 269, ProductCatalog.PrintifyChoice, 1899), (product.Type, product.Label, product.BlueprintId, product.PrintProviderId, product.PriceCents));
        Assert.Equal(new PrintPlacement(), product.Placement);
        Assert.Empty(product.Colors);
    }

    [Theory]
    [InlineData("blueprintId: 269", "priceCents: is required")]
    [InlineData("{blueprintId: 269, priceCents: 18.99}", "priceCents: must be a whole number, not the number 18.99")]
    [InlineData("{blueprintId: 269, priceCents: 0}", "priceCents: must be at least 1, not 0")]
    [InlineData("{blueprintId: 269, priceCents: 1, price: 1}", "price: unknown field price")]
    [InlineData("{blueprintId: 269, priceCents: 1, placement: {x: 1.5}}", "placement.x: must be at most 1, not 1.5")]
    [InlineData("just words", "must be an object")]
    [InlineData("a: [", "line 1: not YAML")]
    [InlineData("{blueprintId: 1, priceCents: 1, colors: [a, b, c, d, e, f, g, h, i, j, k], sizes: [a, b, c, d, e, f, g, h, i, j]}", "110 variants")]
    public void A_wrong_entry_says_what_is_wrong(string entry, string message)
    {
        var catalog = new PoolCatalog(PodJobAdmissionTests.Map("catalogue", ("phone-case", entry)));

        Assert.Null(catalog.Find("phone-case", out var faults));
        Assert.Contains(message, Assert.Single(faults), StringComparison.Ordinal);
        Assert.NotNull(catalog.Find("mug", out _));
    }

    private static ProductDefinition Find(string type, string entry)
    {
        var product = new PoolCatalog(PodJobAdmissionTests.Map("catalogue", (type, entry))).Find(type, out var faults);
        Assert.Empty(faults);
        return product!;
    }
}
