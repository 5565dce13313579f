using System.Text.Json.Nodes;
using PodEngine.Simulators.Printify;

namespace PodEngine.Simulators.Tests.Printify;

public class ProductTests : SimulatorTest
{
    private const string Api = "/printify/v1/shops/1001/products";
    private const string Shopify = "/printify/v1/shops/1002/products";

    [Fact]
    public async Task A_created_product_comes_back_whole_and_stands_in_the_ledger()
    {
        var created = await CreateAsync(Api);

        Assert.Matches("^[0-9a-f]{24}$", (string?)created["id"]);
        Assert.Equal((6, 99, 1001), ((int)created["blueprint_id"]!, (int)created["print_provider_id"]!, (int)created["shop_id"]!));
        var variant = created["variants"]![0]!;
        Assert.Equal(("PE-1", 1999, "White / S", true), ((string?)variant["sku"], (int)variant["price"]!, (string?)variant["title"], (bool)variant["is_default"]!));
        Assert.True((int)variant["cost"]! > 0);
        Assert.Equal("fox.png", (string?)created["print_areas"]![0]!["placeholders"]![0]!["images"]![0]!["name"]);
        Assert.Equal((false, false), ((bool)created["is_locked"]!, (bool)created["visible"]!));
        Assert.Matches(@"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\+00:00$", (string?)created["created_at"]);
        Assert.Null(created["external"]);
        var entry = Host.ReadLedger()["printify"]!["products"]![0]!;
        Assert.Equal(["PE-1", "PE-2"], entry["skus"]!.AsArray().Select(sku => (string?)sku));
        Assert.Equal("unpublished", (string?)entry["state"]);
    }

    [Theory]
    [InlineData("title", "\" \"", "title")]
    [InlineData("blueprint_id", "9999", "blueprint")]
    [InlineData("print_provider_id", "2", "print_provider")]
    [InlineData("variants", "[]", "variants")]
    [InlineData("variants", """[{"id":1,"price":100}]""", "not a variant")]
    [InlineData("variants", """[{"id":11950,"price":0}]""", "price")]
    [InlineData("variants", """[{"id":11950,"price":100},{"id":11950,"price":100}]""", "twice")]
    [InlineData("print_areas", "[]", "print areas")]
    [InlineData("print_areas", """[{"variant_ids":[11950,11951],"placeholders":[{"position":"lid","images":[{"id":"x","x":0,"y":0,"scale":1}]}]}]""", "position")]
    [InlineData("print_areas", """[{"variant_ids":[11950,11951],"placeholders":[{"position":"front","images":[{"id":"5d15","x":0,"y":0,"scale":1}]}]}]""", "does not exist")]
    public async Task A_body_that_does_not_fit_is_refused_with_the_reason(string member, string value, string reason)
    {
        var body = PrintifyBodies.Product(await UploadAsync());
        body[member] = JsonNode.Parse(value);

        var answer = await PostAsync($"{Api}.json", body);

        Assert.Equal((400, "error", 8203), (answer.Status, (string?)answer["status"], (int)answer["code"]!));
        Assert.Contains(reason, (string?)answer["errors"]!["reason"]);
        Assert.Equal(0, (int)Host.ReadLedger()["printify"]!["productCount"]!);
    }

    [Fact]
    public async Task More_than_a_hundred_enabled_variants_are_refused_and_variants_need_a_print_area()
    {
        var ids = Enumerable.Range(PrintifyBodies.WhiteSmallTee, 101).ToList();
        var body = PrintifyBodies.Product(await UploadAsync());
        body["variants"] = new JsonArray([.. ids.Select(id => (JsonNode?)new JsonObject { ["id"] = id, ["price"] = 1000, ["is_enabled"] = true })]);

        Assert.Contains("at most 100", (string?)(await PostAsync($"{Api}.json", body))["errors"]!["reason"]);
        body["variants"]![0]!["is_enabled"] = false;
        Assert.Contains("in no print area", (string?)(await PostAsync($"{Api}.json", body))["errors"]!["reason"]);
        body["print_areas"]![0]!["variant_ids"] = new JsonArray([.. ids.Select(id => (JsonNode?)id)]);
        Assert.Equal(200, (await PostAsync($"{Api}.json", body)).Status);
    }

    [Fact]
    public async Task Products_are_listed_newest_first_or_oldest_first_and_deleted_ones_are_gone()
    {
        var ids = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            ids.Add((string)(await CreateAsync(Api))["id"]!);
        }

        Assert.Equal([ids[2], ids[1]], await ListAsync("?limit=2"));
        Assert.Equal([ids[0]], await ListAsync("?limit=2&page=2"));
        Change(knobs => knobs with { Printify = knobs.Printify with { NewestFirst = false } });
        Assert.Equal(ids, await ListAsync("?limit=1000"));
        Assert.Equal(50, (int)(await GetAsync($"{Api}.json?limit=1000"))["per_page"]!);

        Assert.Equal("{}", (await SendAsync(HttpMethod.Delete, $"{Api}/{ids[1]}.json")).Text);
        Assert.Equal(404, (await GetAsync($"{Api}/{ids[1]}.json")).Status);
        Assert.Equal([ids[0], ids[2]], await ListAsync(""));
        Assert.Equal(404, (await GetAsync($"{Shopify}/{ids[0]}.json")).Status);
    }

    [Fact]
    public async Task An_update_changes_what_it_names_and_must_name_all_variants()
    {
        var id = (string)(await CreateAsync(Api))["id"]!;

        var updated = await SendAsync(HttpMethod.Put, $"{Api}/{id}.json", new JsonObject { ["title"] = "New" });
        var partial = await SendAsync(
            HttpMethod.Put, $"{Api}/{id}.json", JsonNode.Parse($$"""{"variants":[{"id":{{PrintifyBodies.WhiteSmallTee}},"price":1}]}"""));

        Assert.Equal(("New", "A fox"), ((string?)updated["title"], (string?)updated["description"]));
        Assert.Contains("missing", (string?)partial["errors"]!["reason"]);
    }

    [Fact]
    public async Task In_a_custom_integration_shop_a_publish_locks_until_it_is_confirmed()
    {
        var id = (string)(await CreateAsync(Api))["id"]!;

        Assert.Equal("{}", (await PostAsync($"{Api}/{id}/publish.json", PrintifyBodies.PublishFlags())).Text);
        Assert.True((bool)(await GetAsync($"{Api}/{id}.json"))["is_locked"]!);
        var locked = await SendAsync(HttpMethod.Put, $"{Api}/{id}.json", new JsonObject { ["title"] = "x" });
        Assert.Equal((400, 8252), (locked.Status, (int)locked["code"]!));
        await PostAsync($"{Api}/{id}/publishing_succeeded.json", JsonNode.Parse("""{"external":{"id":"ext-1","handle":"https://shop/1"}}"""));

        var product = await GetAsync($"{Api}/{id}.json");
        Assert.Equal((false, "ext-1"), ((bool)product["is_locked"]!, (string?)product["external"]!["id"]));
        Assert.Equal((1, "published"), LedgerOf(0));
        await PostAsync($"{Api}/{id}/unpublish.json");
        Assert.Equal((1, "unpublished"), LedgerOf(0));
    }

    [Fact]
    public async Task A_failed_publish_unlocks_without_external()
    {
        var id = (string)(await CreateAsync(Api))["id"]!;
        await PostAsync($"{Api}/{id}/publish.json", PrintifyBodies.PublishFlags());

        await PostAsync($"{Api}/{id}/publishing_failed.json", new JsonObject { ["reason"] = "x" });

        Assert.Equal((1, "unpublished"), LedgerOf(0));
    }

    [Theory]
    [InlineData(ExternalForm.Member)]
    [InlineData(ExternalForm.List)]
    [InlineData(ExternalForm.Absent)]
    public async Task A_connected_shop_finishes_by_itself_and_external_has_each_form(ExternalForm form)
    {
        Change(knobs => knobs with { Printify = knobs.Printify with { External = form, EmptyPublishAnswer = true } });
        var id = (string)(await CreateAsync(Shopify))["id"]!;

        var published = await PostAsync($"{Shopify}/{id}/publish.json", PrintifyBodies.PublishFlags());
        var product = await GetAsync($"{Shopify}/{id}.json");

        Assert.Equal((200, ""), (published.Status, published.Text));
        Assert.False((bool)product["is_locked"]!);
        var external = form == ExternalForm.List ? product["external"]![0] : product["external"];
        Assert.Equal(form != ExternalForm.Absent, external?["id"] is not null);
        Assert.Equal((1, "published"), LedgerOf(0));
    }

    [Fact]
    public async Task A_connected_publish_can_fail_or_never_end_and_publishing_twice_counts_twice()
    {
        var id = (string)(await CreateAsync(Shopify))["id"]!;
        Vary("printify", "POST /v1/shops/{shop}/products/{product}/publish.json", "PublishFails");
        await PostAsync($"{Shopify}/{id}/publish.json", PrintifyBodies.PublishFlags());
        Assert.Equal((1, "unpublished"), LedgerOf(0));

        Vary("printify", "POST /v1/shops/{shop}/products/{product}/publish.json", "PublishStalls");
        await PostAsync($"{Shopify}/{id}/publish.json", PrintifyBodies.PublishFlags());
        Assert.Equal((2, "publishing"), LedgerOf(0));
    }

    [Fact]
    public async Task Publish_flags_are_required_by_one_reading_and_not_by_the_other()
    {
        var id = (string)(await CreateAsync(Shopify))["id"]!;

        Assert.Equal(8203, (int)(await PostAsync($"{Shopify}/{id}/publish.json", new JsonObject()))["code"]!);
        Change(knobs => knobs with { Printify = knobs.Printify with { RequiresPublishFlags = false } });
        Assert.Equal(200, (await PostAsync($"{Shopify}/{id}/publish.json", new JsonObject())).Status);
    }

    private async Task<string> UploadAsync() => (string)(await PostAsync("/printify/v1/uploads/images.json", PrintifyBodies.Upload()))["id"]!;

    private async Task<Answer> CreateAsync(string products)
    {
        var answer = await PostAsync($"{products}.json", PrintifyBodies.Product(await UploadAsync()));
        Assert.Equal(200, answer.Status);
        return answer;
    }

    private async Task<IEnumerable<string>> ListAsync(string query) =>
        (await GetAsync($"{Api}.json{query}"))["data"]!.AsArray().Select(product => (string)product!["id"]!).ToList();

    private (int Publishes, string? State) LedgerOf(int index)
    {
        var entry = Host.ReadLedger()["printify"]!["products"]![index]!;
        return ((int)entry["publishes"]!, (string?)entry["state"]);
    }
}
