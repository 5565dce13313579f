using System.Text;
using PodEngine.Kit;
using PodEngine.Kit.Time;
using PodEngine.Providers.Http;
using PodEngine.Providers.Printify;
using PodEngine.Shared.Faults;
using PodEngine.Shared.Products;
using PodEngine.Simulators.Faults;
using PodEngine.Simulators.Printify;

namespace PodEngine.Providers.Tests.Printify;

public sealed class PrintifyClientTests : IAsyncLifetime
{
    private const long ApiShop = 1001;
    private const long ShopifyShop = 1002;
    private const string CreateRoute = "POST /v1/shops/{shop}/products.json";

    /// <summary>A picture of one pixel.</summary>
    private static readonly byte[] Pixel = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==");

    private Simulated _simulated = null!;
    private PrintifyClient _printify = null!;
    private PrintifyUpload? _upload;

    private static CancellationToken Cancelled => Simulated.Cancelled;

    public async ValueTask InitializeAsync()
    {
        _simulated = await Simulated.StartAsync();
        _printify = _simulated.Printify();
    }

    public ValueTask DisposeAsync() => _simulated.DisposeAsync();

    public static TheoryData<string> DefaultTypes => [.. ProductCatalog.Default.Keys];

    [Theory]
    [MemberData(nameof(DefaultTypes))]
    public async Task Every_product_of_the_default_catalogue_can_be_made(string type)
    {
        var product = await CreateAsync(ApiShop, "m", ProductCatalog.Default[type]);

        Assert.NotEmpty(product.Variants);
        Assert.All(product.Variants, variant => Assert.Equal($"m-{variant.Id}", variant.Sku));
        var made = _simulated.Ledger("printify")["products"]![0]!;
        Assert.Equal(
            (product.Id, "A title", ProductCatalog.Default[type].BlueprintId),
            (made["id"]!.GetValue<string>(), made["title"]!.GetValue<string>(), made["blueprintId"]!.GetValue<int>()));
        Assert.All(made["prices"]!.AsArray(), price => Assert.Equal($"{ProductCatalog.Default[type].PriceCents}", price!.ToJsonString()));
    }

    [Fact]
    public async Task Shops_are_listed_with_their_channel()
    {
        var shops = await _printify.ListShopsAsync(Cancelled);

        Assert.Equal([ApiShop], shops.Where(shop => shop.NeedsConfirmation).Select(shop => shop.Id));
        Assert.Contains(shops, shop => shop is { Id: ShopifyShop, SalesChannel: "shopify" });
    }

    [Fact]
    public async Task Variants_are_asked_for_once_an_hour_however_many_want_them()
    {
        var time = new ManualTimeProvider();
        var printify = _simulated.Printify(services: new() { Time = time });
        var first = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => printify.GetVariantsAsync(6, 99, Cancelled)));
        Assert.All(first, variants => Assert.Same(first[0], variants));

        time.Advance(TimeSpan.FromMinutes(59));
        Assert.Same(first[0], await printify.GetVariantsAsync(6, 99, Cancelled));
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.NotSame(first[0], await printify.GetVariantsAsync(6, 99, Cancelled));
    }

    [Fact]
    public async Task A_blueprint_that_is_not_there_is_a_fault_of_the_catalogue()
    {
        var unknown = await FailsAsync(() => _printify.GetVariantsAsync(999, 99, Cancelled));

        Assert.Equal((FaultCodes.CatalogEntryUnknown, FaultClass.Configuration, false), (unknown.Fault.Code, unknown.Fault.Class, unknown.Fault.Retryable));
    }

    [Fact]
    public async Task An_upload_is_found_again_by_its_name_on_whatever_page_it_is()
    {
        var mine = await _printify.UploadImageAsync("mine.png", Pixel, Cancelled);
        for (int i = 0; i < 101; i++)
        {
            await _printify.UploadImageAsync($"other-{i}.png", Pixel, Cancelled);
        }

        Assert.Equal(mine, await _printify.FindUploadByFileNameAsync("mine.png", Cancelled));
        Assert.Null(await _printify.FindUploadByFileNameAsync("min", Cancelled));
    }

    [Fact]
    public async Task A_picture_over_five_megabytes_is_refused_before_it_is_sent()
    {
        var refused = await FailsAsync(() => _printify.UploadImageAsync("big.png", new byte[PrintifyClient.MaxInlineBytes + 1], Cancelled));

        Assert.Equal((FaultCodes.PictureTooLarge, false, Spend.None), (refused.Fault.Code, refused.Fault.Retryable, refused.Spend));
        Assert.Equal(0, _simulated.Ledger("printify")["uploadCount"]!.GetValue<int>());
    }

    [Fact]
    public async Task What_is_no_picture_is_refused_with_Printifys_code()
    {
        var refused = await FailsAsync(() => _printify.UploadImageAsync("x.png", "no picture"u8.ToArray(), Cancelled));

        Assert.Equal(("8201", FaultCodes.ProviderRejected, false), (refused.ProviderCode, refused.Fault.Code, refused.Fault.Retryable));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_product_is_found_again_by_its_marker_in_either_order_of_the_list(bool newestFirst)
    {
        Knob(knobs => knobs with { NewestFirst = newestFirst });
        var mug = ProductCatalog.Default["mug"];
        var first = await CreateAsync(ApiShop, "job-1", mug);
        for (int i = 0; i < 51; i++)
        {
            await CreateAsync(ApiShop, $"job-1{i}", mug);
        }

        var twin = await CreateAsync(ApiShop, "job-1", mug);

        var found = await _printify.FindProductsBySkuMarkerAsync(ApiShop, "job-1", Cancelled);

        Assert.Equal([first.Id, twin.Id], found.Select(product => product.Id));
        Assert.Empty(await _printify.FindProductsBySkuMarkerAsync(ShopifyShop, "job-1", Cancelled));
    }

    [Fact]
    public async Task A_product_whose_answer_was_lost_is_there_once_and_is_found()
    {
        _simulated.Fault("printify", CreateRoute, FaultKind.DropAfterEffect);

        var lost = await FailsAsync(() => CreateAsync(ApiShop, "job-7"));

        Assert.Equal((Spend.Unknown, true), (lost.Spend, lost.Fault.Retryable));
        Assert.Single(await _printify.FindProductsBySkuMarkerAsync(ApiShop, "job-7", Cancelled));
        Assert.Equal(1, _simulated.Ledger("printify")["productCount"]!.GetValue<int>());
    }

    [Theory]
    [InlineData(true, ExternalForm.Member)]
    [InlineData(false, ExternalForm.List)]
    public async Task A_product_of_an_API_shop_stays_locked_until_its_publication_is_confirmed(bool emptyAnswer, ExternalForm external)
    {
        Knob(knobs => knobs with { EmptyPublishAnswer = emptyAnswer, External = external });
        var product = await CreateAsync(ApiShop, "m");

        await _printify.PublishAsync(ApiShop, product.Id, Cancelled);
        Assert.True((await _printify.GetProductAsync(ApiShop, product.Id, Cancelled))!.IsLocked);
        await _printify.ConfirmPublishedAsync(ApiShop, product.Id, new("42", "https://shop.example/42"), Cancelled);

        var published = (await _printify.GetProductAsync(ApiShop, product.Id, Cancelled))!;
        Assert.False(published.IsLocked);
        Assert.Equal(new PrintifyExternal("42", "https://shop.example/42"), published.External);
    }

    [Fact]
    public async Task A_connected_shop_publishes_by_itself_and_takes_it_back()
    {
        var product = await CreateAsync(ShopifyShop, "m");

        await _printify.PublishAsync(ShopifyShop, product.Id, Cancelled);
        await Eventually.Holds(async () => await _printify.GetProductAsync(ShopifyShop, product.Id, Cancelled) is { IsLocked: false, External: not null });
        await _printify.UnpublishAsync(ShopifyShop, product.Id, Cancelled);

        Assert.Equal(1, _simulated.Ledger("printify")["products"]![0]!["unpublishes"]!.GetValue<int>());
    }

    [Fact]
    public async Task Publishing_a_locked_product_may_be_refused_and_is_worth_another_try()
    {
        Knob(knobs => knobs with { RefusesPublishOfLocked = true });
        var product = await CreateAsync(ApiShop, "m");
        await _printify.PublishAsync(ApiShop, product.Id, Cancelled);

        var locked = await FailsAsync(() => _printify.PublishAsync(ApiShop, product.Id, Cancelled));

        Assert.Equal(("8252", true, Spend.None), (locked.ProviderCode, locked.Fault.Retryable, locked.Spend));
    }

    [Fact]
    public async Task Deleting_may_be_repeated_and_what_is_deleted_is_not_there()
    {
        var product = await CreateAsync(ApiShop, "m");

        await _printify.DeleteProductAsync(ApiShop, product.Id, Cancelled);
        await _printify.DeleteProductAsync(ApiShop, product.Id, Cancelled);

        Assert.Null(await _printify.GetProductAsync(ApiShop, product.Id, Cancelled));
    }

    [Theory]
    [InlineData(8203, false)]
    [InlineData(8150, false)]
    [InlineData(8203, true)]
    public async Task A_product_that_Printify_finds_invalid_is_refused_with_its_reason(int code, bool reasonIsJson)
    {
        Knob(knobs => knobs with { ValidationCode = code, ReasonIsJson = reasonIsJson });
        var draft = await DraftAsync(ProductCatalog.Default["tshirt"] with { PriceCents = 0 }, "m");

        var refused = await FailsAsync(() => _printify.CreateProductAsync(ApiShop, draft, Cancelled));

        Assert.Equal((code.ToString(System.Globalization.CultureInfo.InvariantCulture), FaultCodes.ProviderRejected, false, Spend.None), (refused.ProviderCode, refused.Fault.Code, refused.Fault.Retryable, refused.Spend));
        Assert.Contains("a whole number of cents above 0", refused.Fault.Message, StringComparison.Ordinal);
        Assert.Contains($"correlation id {refused.CorrelationId}", refused.Fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401, FaultCodes.ProviderUnauthorized, FaultClass.Configuration, false, Spend.None)]
    [InlineData(402, FaultCodes.ProviderRejected, FaultClass.Configuration, false, Spend.None)]
    [InlineData(403, FaultCodes.ProviderUnauthorized, FaultClass.Configuration, false, Spend.None)]
    [InlineData(404, FaultCodes.ProviderRejected, FaultClass.Provider, false, Spend.None)]
    [InlineData(408, FaultCodes.ProviderUnavailable, FaultClass.Provider, true, Spend.Unknown)]
    [InlineData(413, FaultCodes.PictureTooLarge, FaultClass.Provider, false, Spend.None)]
    [InlineData(429, FaultCodes.ProviderRateLimited, FaultClass.Provider, true, Spend.None)]
    [InlineData(500, FaultCodes.ProviderUnavailable, FaultClass.Provider, true, Spend.Unknown)]
    [InlineData(502, FaultCodes.ProviderUnavailable, FaultClass.Provider, true, Spend.Unknown)]
    [InlineData(503, FaultCodes.ProviderUnavailable, FaultClass.Provider, true, Spend.Unknown)]
    public async Task Every_documented_status_says_whose_fault_it_is_and_whether_something_was_made(
        int status, string code, FaultClass faultClass, bool retryable, Spend spend)
    {
        var printify = _simulated.Printify(Simulated.Limits with { Retries = 0 });
        var draft = await DraftAsync(ProductCatalog.Default["mug"], "m");
        _simulated.Fault("printify", CreateRoute, FaultKind.Status, fault => fault.Status = status);

        var failed = await FailsAsync(() => printify.CreateProductAsync(ApiShop, draft, Cancelled));

        Assert.Equal(
            (code, faultClass, retryable, spend, status),
            (failed.Fault.Code, failed.Fault.Class, failed.Fault.Retryable, failed.Spend, failed.StatusCode));
        Assert.NotNull(failed.CorrelationId);
    }

    [Fact]
    public async Task A_redirect_is_not_followed_with_the_key_but_named()
    {
        _simulated.Fault("printify", "GET /v1/shops.json", FaultKind.Status, fault =>
        {
            (fault.Status, fault.Body) = (301, "");
            fault.Headers["Location"] = "https://elsewhere.example/";
        });

        var refused = await FailsAsync(() => _printify.ListShopsAsync(Cancelled));

        Assert.Equal((FaultClass.Configuration, false), (refused.Fault.Class, refused.Fault.Retryable));
        Assert.Contains("https://elsewhere.example/", refused.Fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(FaultKind.Status)]
    [InlineData(FaultKind.Drop)]
    [InlineData(FaultKind.Garbage)]
    [InlineData(FaultKind.Truncate)]
    public async Task A_question_is_asked_again_when_its_answer_is_lost_or_useless(FaultKind kind)
    {
        _simulated.Fault("printify", "GET /v1/shops.json", kind, fault => fault.Times = 2);

        Assert.NotEmpty(await _printify.ListShopsAsync(Cancelled));
    }

    [Theory]
    [InlineData(FaultKind.Status, 0)]
    [InlineData(FaultKind.Drop, 0)]
    [InlineData(FaultKind.Truncate, 1)]
    [InlineData(FaultKind.Garbage, 0)]
    public async Task A_product_is_never_posted_twice_for_one_call(FaultKind kind, int made)
    {
        var draft = await DraftAsync(ProductCatalog.Default["mug"], "m");
        _simulated.Fault("printify", CreateRoute, kind);

        var lost = await FailsAsync(() => _printify.CreateProductAsync(ApiShop, draft, Cancelled));

        Assert.Equal(Spend.Unknown, lost.Spend);
        Assert.Equal(made, _simulated.Ledger("printify")["productCount"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_product_turned_away_for_the_rate_limit_is_posted_again()
    {
        var draft = await DraftAsync(ProductCatalog.Default["mug"], "m");
        _simulated.Fault("printify", CreateRoute, FaultKind.Status, fault => (fault.Status, fault.RetryAfter) = (429, "0"));

        await _printify.CreateProductAsync(ApiShop, draft, Cancelled);

        Assert.Equal(1, _simulated.Ledger("printify")["productCount"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_content_type_that_is_wrong_does_no_harm_when_the_content_is_right()
    {
        _simulated.Fault("printify", CreateRoute, FaultKind.WrongContentType);

        Assert.NotEmpty((await CreateAsync(ApiShop, "m")).Id);
    }

    [Fact]
    public async Task An_answer_without_end_is_not_read()
    {
        _simulated.Fault("printify", "GET /v1/shops.json", FaultKind.Status, fault =>
            (fault.Status, fault.Body, fault.Times) = (200, new StringBuilder("[").Append(' ', 100_000).Append(']').ToString(), -1));

        var printify = _simulated.Printify(Simulated.Limits with { MaxAnswerBytes = 50_000 });
        var refused = await FailsAsync(() => printify.ListShopsAsync(Cancelled));

        Assert.Equal(FaultCodes.ProviderAnswerInvalid, refused.Fault.Code);
        Assert.Contains("50000 bytes", refused.Fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_hangs_is_given_up_and_what_was_asked_for_stays_open()
    {
        var draft = await DraftAsync(ProductCatalog.Default["mug"], "m");
        var printify = _simulated.Printify(Simulated.Impatient);
        _simulated.Fault("printify", CreateRoute, FaultKind.Hang);

        var late = await FailsAsync(() => printify.CreateProductAsync(ApiShop, draft, Cancelled));

        Assert.Equal((FaultCodes.ProviderUnavailable, true, Spend.Unknown), (late.Fault.Code, late.Fault.Retryable, late.Spend));
    }

    [Fact]
    public async Task Nobody_answering_means_nothing_was_made()
    {
        var draft = await DraftAsync(ProductCatalog.Default["mug"], "m");
        using var nobody = new PrintifyClient(
            new() { Key = ProviderKey.Of("k"), BaseUrl = new("http://127.0.0.1:9"), Limits = Simulated.Limits with { Retries = 1 } }, new());

        var away = await FailsAsync(() => nobody.CreateProductAsync(ApiShop, draft, Cancelled));

        Assert.Equal((FaultCodes.ProviderUnavailable, true, Spend.None), (away.Fault.Code, away.Fault.Retryable, away.Spend));
    }

    [Fact]
    public async Task A_wrong_token_is_named_by_its_setting_and_never_shown()
    {
        var refused = await FailsAsync(() => _simulated.Printify(key: "wrong-token-1234").ListShopsAsync(Cancelled));

        Assert.Equal(FaultCodes.ProviderUnauthorized, refused.Fault.Code);
        Assert.Contains("PRINTIFY_API_KEY", refused.Fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong-token", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Publishing_stops_at_our_own_budget_before_Printify_has_to_refuse()
    {
        var budget = new SlidingWindowBudget(new Dictionary<string, BudgetLimit> { [BudgetKeys.PrintifyPublish] = new(1, TimeSpan.FromMinutes(30)) }, TimeProvider.System);
        var printify = _simulated.Printify(services: new() { Budget = budget });
        var product = await CreateAsync(ShopifyShop, "m");
        await printify.PublishAsync(ShopifyShop, product.Id, Cancelled);

        var refused = await FailsAsync(() => printify.PublishAsync(ShopifyShop, product.Id, Cancelled));

        Assert.True(refused.IsOutage);
        Assert.True(refused.RetryAfter > TimeSpan.FromMinutes(29));
        Assert.Equal(1, _simulated.Ledger("printify")["publishCount"]!.GetValue<int>());
    }

    private static Task<ProviderException> FailsAsync(Func<Task> call) => Assert.ThrowsAsync<ProviderException>(call);

    private void Knob(Func<Simulators.Knobs.PrintifyKnobs, Simulators.Knobs.PrintifyKnobs> change) =>
        _simulated.Host.Knobs = _simulated.Host.Knobs with { Printify = change(_simulated.Host.Knobs.Printify) };

    private async Task<ProductDraft> DraftAsync(ProductDefinition definition, string marker)
    {
        _upload ??= await _printify.UploadImageAsync("picture.png", Pixel, Cancelled);
        var variants = await _printify.GetVariantsAsync(definition.BlueprintId, definition.PrintProviderId, Cancelled);
        return ProductDraft.Build(definition, variants, _upload.Id, "A title", "A description", ["fox"], marker);
    }

    private async Task<PrintifyProduct> CreateAsync(long shopId, string marker, ProductDefinition? definition = null) =>
        await _printify.CreateProductAsync(shopId, await DraftAsync(definition ?? ProductCatalog.Default["mug"], marker), Cancelled);
}
