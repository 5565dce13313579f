using System.Text.Json.Nodes;
using PodEngine.Simulators.Faults;
using PodEngine.Simulators.Http;

namespace PodEngine.Simulators.Printify;

/// <summary>
/// Publishing. It locks the product; a connected shop unlocks it by itself after a while and gives it <c>external</c>, in a custom_integration
/// shop the caller must confirm with publishing_succeeded or publishing_failed.
/// </summary>
internal sealed class PublishRoutes(PrintifyState state)
{
    private static readonly string[] Flags = ["title", "description", "images", "variants", "tags"];

    public void MapOn(RouteGroupBuilder group)
    {
        var product = group.MapGroup("/v1/shops/{shop}/products/{id}");
        product.MapPost("/publish.json", PublishAsync);
        product.MapPost("/publishing_succeeded.json", SucceedAsync);
        product.MapPost("/publishing_failed.json", FailAsync);
        product.MapPost("/unpublish.json", context => ProductRequest.AnswerAsync(context, state, found =>
        {
            found.Unpublish();
            return new JsonObject();
        }));
    }

    private async Task PublishAsync(HttpContext context)
    {
        var body = await RequestBody.ReadAsync(context, 1 << 20);
        await ProductRequest.AnswerAsync(
            context,
            state,
            product => Publish(product, body.Json, VariantRequest.Of(context, PrintifyVariant.Normal)),
            withBody: !state.Knobs.EmptyPublishAnswer);
    }

    private (JsonNode? Answer, PrintifyFault? Fault) Publish(Product product, JsonNode? body, PrintifyVariant variant)
    {
        var knobs = state.Knobs;
        if (knobs.RequiresPublishFlags && Flags.FirstOrDefault(flag => (body as JsonObject)?[flag].Flag() is null) is { } missing)
        {
            return (null, PrintifyFault.Validation(knobs.ValidationCode, $"The {missing} field is required and must be true or false."));
        }

        if (product.IsLocked && knobs.RefusesPublishOfLocked)
        {
            return (null, new PrintifyFault(400, PrintifyErrors.LockedCode, "Product is disabled for editing", "the product is locked"));
        }

        if (product.Shop.SalesChannel == "disconnected")
        {
            return (null, new PrintifyFault(400, PrintifyErrors.OperationCode, "Operation failed.", "the shop has no sales channel"));
        }

        var endsByItself = product.Shop.SalesChannel != "custom_integration" && variant != PrintifyVariant.PublishStalls;
        product.StartPublish(
            endsByItself ? state.Time.GetUtcNow().AddMilliseconds(knobs.PublishMs) : null,
            knobs.PublishesFail || variant == PrintifyVariant.PublishFails);
        return (new JsonObject(), null);
    }

    private async Task SucceedAsync(HttpContext context)
    {
        var body = await RequestBody.ReadAsync(context, 1 << 20);
        var external = (body.Json as JsonObject)?["external"] as JsonObject;
        await ProductRequest.AnswerAsync(context, state, product =>
        {
            if (external?["id"].Text() is not { Length: > 0 } id)
            {
                return (null, PrintifyFault.Validation(state.Knobs.ValidationCode, "The external.id field is required."));
            }

            product.FinishPublish(id, external["handle"].Text() ?? "");
            return (new JsonObject(), null);
        });
    }

    private async Task FailAsync(HttpContext context)
    {
        await RequestBody.ReadAsync(context, 1 << 20);
        await ProductRequest.AnswerAsync(context, state, product =>
        {
            product.FailPublish();
            return new JsonObject();
        });
    }
}
