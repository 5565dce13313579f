using System.Text.Json.Nodes;
using PodEngine.Simulators.Http;
using PodEngine.Simulators.Printify.Catalogue;

namespace PodEngine.Simulators.Printify;

/// <summary><c>/v1/shops/{shop}/products…</c> without publishing.</summary>
internal sealed class ProductRoutes(PrintifyState state)
{
    private const long MaxBodyBytes = 4 << 20;

    private static readonly string[] Extras = ["print_details", "safety_information", "sales_channel_properties"];

    public void MapOn(RouteGroupBuilder group)
    {
        var products = group.MapGroup("/v1/shops/{shop}");
        products.MapPost("/products.json", CreateAsync);
        products.MapGet("/products.json", ListAsync);
        products.MapGet("/products/{id}.json", context => ProductRequest.AnswerAsync(context, state, product => Writer(context).Write(product)));
        products.MapPut("/products/{id}.json", UpdateAsync);
        products.MapDelete("/products/{id}.json", context => ProductRequest.AnswerAsync(context, state, Delete));
        products.MapGet("/products/{id}/gpsr.json", context => ProductRequest.AnswerAsync(
            context, state, _ => new JsonArray(new JsonObject { ["title"] = "EU representative", ["text"] = "Simulated representative" })));
    }

    private async Task CreateAsync(HttpContext context)
    {
        var body = await RequestBody.ReadAsync(context, MaxBodyBytes);
        if (state.FindShop(context) is not { } shop)
        {
            await PrintifyErrors.WriteAsync(context, 404, "", state.Knobs);
            return;
        }

        JsonObject? answer = null;
        string? fault;
        lock (state.Gate)
        {
            var json = body.Json as JsonObject ?? [];
            fault = new ProductValidation(state.Knobs, state.Uploads).CheckCreate(json);
            if (fault is null)
            {
                answer = Writer(context).Write(Add(shop, json));
            }
        }

        await (answer is not null
            ? context.Response.AnswerJsonAsync(200, answer)
            : PrintifyErrors.WriteBusinessAsync(context, 400, state.Knobs.ValidationCode, "Validation failed.", fault!, state.Knobs));
    }

    private Product Add(PrintifyShop shop, JsonObject body)
    {
        var now = state.Time.GetUtcNow();
        var product = new Product
        {
            Id = state.NextId(),
            Shop = shop,
            Blueprint = PrintifyCatalogue.Find(body["blueprint_id"].Whole()!.Value)!,
            PrintProviderId = (int)body["print_provider_id"].Whole()!.Value,
            Created = now,
            Updated = now,
        };
        Apply(product, body);
        state.Products.Add(product);
        return product;
    }

    // Only members that are given change.
    private static void Apply(Product product, JsonObject body)
    {
        product.Title = body["title"].Text() ?? product.Title;
        product.Description = body["description"].Text() ?? product.Description;
        product.Tags = body["tags"]?.DeepClone() as JsonArray ?? product.Tags;
        product.PrintAreas = body["print_areas"]?.DeepClone() as JsonArray ?? product.PrintAreas;
        if (body["variants"] is JsonArray variants)
        {
            product.Variants = [.. variants.Select((variant, index) => ReadVariant(product, variant!, index))];
        }

        foreach (var name in Extras.Where(body.ContainsKey))
        {
            product.Extras[name] = body[name]?.DeepClone();
        }
    }

    private static ProductVariant ReadVariant(Product product, JsonNode variant, int index)
    {
        var id = (int)variant["id"].Whole()!.Value;
        return new ProductVariant(
            id,
            variant["price"].Whole()!.Value,
            variant["is_enabled"].Flag() ?? true,
            variant["sku"].Text() ?? product.Variants.Find(known => known.Id == id)?.Sku ?? $"{product.Id[^8..]}{id}",
            variant["is_default"].Flag() ?? index == 0);
    }

    private Task ListAsync(HttpContext context)
    {
        if (state.FindShop(context) is not { } shop)
        {
            return PrintifyErrors.WriteAsync(context, 404, "", state.Knobs);
        }

        lock (state.Gate)
        {
            var products = state.Products.Where(product => product.Shop.Id == shop.Id && !product.IsDeleted).ToList();
            if (state.Knobs.NewestFirst)
            {
                products.Reverse();
            }

            return context.Response.AnswerJsonAsync(200, PageEnvelope.Write(context, products, state.Knobs.MaxProductPage, Writer(context).Write));
        }
    }

    private async Task UpdateAsync(HttpContext context)
    {
        var body = await RequestBody.ReadAsync(context, MaxBodyBytes);
        await ProductRequest.AnswerAsync(context, state, product =>
        {
            if (product.IsLocked)
            {
                return (null, new PrintifyFault(400, PrintifyErrors.LockedCode, "Product is disabled for editing", "the product is locked"));
            }

            var json = body.Json as JsonObject ?? [];
            if (new ProductValidation(state.Knobs, state.Uploads).CheckUpdate(json, product) is { } fault)
            {
                return (null, PrintifyFault.Validation(state.Knobs.ValidationCode, fault));
            }

            Apply(product, json);
            product.Updated = state.Time.GetUtcNow();
            return (Writer(context).Write(product), null);
        });
    }

    private static JsonObject Delete(Product product)
    {
        product.IsDeleted = true;
        return [];
    }

    private ProductJson Writer(HttpContext context) => new(state, $"{context.Request.Scheme}://{context.Request.Host}");
}
