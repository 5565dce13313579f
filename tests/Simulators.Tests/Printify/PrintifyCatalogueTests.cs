namespace PodEngine.Simulators.Tests.Printify;

public class PrintifyCatalogueTests : SimulatorTest
{
    private const string Catalogue = "/printify/v1/catalog";

    [Theory]
    [InlineData(6, 99, "White", "S")]
    [InlineData(6, 39, "Black", "5XL")]
    [InlineData(77, 99, "Black", "3XL")]
    [InlineData(68, 99, null, "11oz")]
    [InlineData(282, 99, null, "11″ x 14″")]
    public async Task Blueprints_have_variants_with_options_and_placeholders(int blueprint, int provider, string? color, string size)
    {
        var answer = await GetAsync($"{Catalogue}/blueprints/{blueprint}/print_providers/{provider}/variants.json");

        Assert.Equal(provider, (int)answer["id"]!);
        var variant = Assert.Single(answer["variants"]!.AsArray(), item => (string?)item!["options"]!["color"] == color && (string?)item["options"]!["size"] == size)!;
        Assert.Contains(size, (string?)variant["title"]);
        var front = Assert.Single(variant["placeholders"]!.AsArray(), item => (string?)item!["position"] == "front")!;
        Assert.True((int)front["width"]! > 1000 && (int)front["height"]! > 1000);
    }

    [Fact]
    public async Task A_variant_has_one_id_with_every_provider_and_out_of_stock_ones_show_on_demand()
    {
        Change(knobs => knobs with { Printify = knobs.Printify with { OutOfStockVariantIds = [PrintifyBodies.WhiteSmallTee] } });
        var path = $"{Catalogue}/blueprints/6/print_providers/99/variants.json";

        var shown = (await GetAsync(path))["variants"]!.AsArray();
        var all = (await GetAsync($"{path}?show-out-of-stock=1"))["variants"]!.AsArray();
        var others = (await GetAsync($"{Catalogue}/blueprints/6/print_providers/39/variants.json?show-out-of-stock=1"))["variants"]!.AsArray();

        Assert.Equal(all.Count - 1, shown.Count);
        Assert.Equal(all.Select(variant => (int)variant!["id"]!), others.Select(variant => (int)variant!["id"]!));
    }

    [Fact]
    public async Task Providers_shipping_and_shops_are_told()
    {
        var providers = (await GetAsync($"{Catalogue}/blueprints/6/print_providers.json")).Json.AsArray();
        Assert.Contains(providers, provider => (int)provider!["id"]! == 99 && (string?)provider["title"] == "Printify Choice");
        var shipping = await GetAsync($"{Catalogue}/blueprints/6/print_providers/99/shipping.json");
        Assert.Equal("day", (string?)shipping["handling_time"]!["unit"]);
        Assert.Contains("REST_OF_THE_WORLD", shipping["profiles"]!.AsArray().SelectMany(profile => profile!["countries"]!.AsArray()).Select(country => (string?)country));
        Assert.Equal(404, (await GetAsync($"{Catalogue}/blueprints/6/print_providers/2/variants.json")).Status);
        var shops = (await GetAsync("/printify/v1/shops.json")).Json.AsArray();
        Assert.Contains(shops, shop => (string?)shop!["sales_channel"] == "custom_integration");
        Assert.NotNull((await GetAsync($"{Catalogue}/print_providers/39.json"))["blueprints"]);
    }
}
