using PodEngine.Providers.Http;
using PodEngine.Providers.Printify;
using PodEngine.Shared.Faults;
using PodEngine.Shared.Products;

namespace PodEngine.Providers.Tests.Printify;

public sealed class ProductDraftTests
{
    private static readonly IReadOnlyList<CatalogVariant> Tees =
    [
        .. new[] { "Black", "Navy", "White", "Black Heather" }.SelectMany((color, c) => new[] { "S", "XS", "2XL", "XL", "M" }.Select((size, s) =>
            new CatalogVariant((c * 10) + s, $"{color} / {size}", color, size, [new("front", 100, 100), new("back", 100, 100)]))),
    ];

    [Fact]
    public void Colours_and_sizes_are_matched_whole_and_never_by_their_parts()
    {
        var draft = Build(Tee with { Colors = ["Black"], Sizes = ["S", "XL"] });

        Assert.Equal([0, 3], draft.Variants.Select(variant => variant.Id));
    }

    [Fact]
    public void Variants_come_in_the_order_asked_for_with_marked_SKUs_and_the_price_in_cents()
    {
        var draft = Build(Tee with { Colors = ["white", "Navy"], Sizes = ["M", "S"], PriceCents = 1999 });

        Assert.Equal([24, 20, 14, 10], draft.Variants.Select(variant => variant.Id));
        Assert.All(draft.Variants, variant => Assert.Equal(($"m-1-{variant.Id}", 1999, true), (variant.Sku, variant.PriceCents, variant.IsEnabled)));
    }

    [Fact]
    public void No_wish_means_every_colour_and_size_up_to_the_hundred_that_may_be_enabled()
    {
        IReadOnlyList<CatalogVariant> many = [.. Enumerable.Range(0, 130).Select(id => new CatalogVariant(id, "", null, $"{id}", [new("front", 1, 1)]))];

        Assert.Equal(20, Build(Tee).Variants.Count);
        Assert.Equal(Enumerable.Range(0, 100), ProductDraft.Build(Tee, many, "u", "t", "d", [], "m").Variants.Select(variant => variant.Id));
    }

    [Theory]
    [InlineData("Blue", "S", "front", "no colour 'Blue'. There are: Black, Black Heather, Navy, White")]
    [InlineData("Black", "4XL", "front", "no size '4XL'. There are: 2XL, M, S, XL, XS")]
    [InlineData("Black", "S", "sleeve", "no placeholder 'sleeve'. There are: back, front")]
    public void What_the_catalogue_lacks_is_named_with_what_it_has(string color, string size, string position, string said)
    {
        var refused = Assert.Throws<ProviderException>(() =>
            Build(Tee with { Colors = [color], Sizes = [size], Placement = new() { Position = position } }));

        Assert.Contains(said, refused.Fault.Message, StringComparison.Ordinal);
        Assert.Contains("'tshirt' (blueprint 6, print provider 99)", refused.Fault.Message, StringComparison.Ordinal);
        Assert.Equal(
            (FaultCodes.CatalogEntryUnknown, FaultClass.Configuration, false, Spend.None),
            (refused.Fault.Code, refused.Fault.Class, refused.Fault.Retryable, refused.Spend));
    }

    [Fact]
    public void A_colour_and_a_size_that_exist_but_never_together_are_refused()
    {
        IReadOnlyList<CatalogVariant> disjoint = [new(1, "", "Red", "S", [new("front", 1, 1)]), new(2, "", "Blue", "M", [new("front", 1, 1)])];

        var refused = Assert.Throws<ProviderException>(() => ProductDraft.Build(Tee with { Colors = ["Red"], Sizes = ["M"] }, disjoint, "u", "t", "d", [], "m"));

        Assert.Contains("There are: Blue/M, Red/S", refused.Fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_marker_is_never_taken_for_another_that_begins_alike()
    {
        var product = new PrintifyProduct { Id = "p", Title = "", Variants = [new(17, "job-1-17", 1, true)] };

        Assert.True(product.HasSkuMarker("job-1"));
        Assert.False(product.HasSkuMarker("job"));
        Assert.False(product.HasSkuMarker("job-1-1"));
    }

    private static readonly ProductDefinition Tee = new() { Type = "tshirt", Label = "T-Shirt", BlueprintId = 6, PrintProviderId = 99, PriceCents = 1999 };

    private static ProductDraft Build(ProductDefinition definition) => ProductDraft.Build(definition, Tees, "u", "t", "d", ["x"], "m-1");
}
