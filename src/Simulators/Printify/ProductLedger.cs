using System.Text.Json.Nodes;
using PodEngine.Simulators.Http;

namespace PodEngine.Simulators.Printify;

/// <summary>A product as the ledger shows it; deleted ones stay, so that a double made and removed is seen.</summary>
internal static class ProductLedger
{
    public static JsonObject Write(Product product, DateTimeOffset now)
    {
        product.Settle(now);
        return new JsonObject
        {
            ["id"] = product.Id,
            ["title"] = product.Title,
            ["shopId"] = product.Shop.Id,
            ["blueprintId"] = product.Blueprint.Id,
            ["printProviderId"] = product.PrintProviderId,
            ["skus"] = product.Variants.Select(variant => (JsonNode?)variant.Sku).ToJsonArray(),
            ["prices"] = product.Variants.Select(variant => (JsonNode?)variant.Price).ToJsonArray(),
            ["tags"] = product.Tags.DeepClone(),
            ["imageIds"] = product.ImageIds().ToTextArray(),
            ["publishes"] = product.Publishes,
            ["unpublishes"] = product.Unpublishes,
            ["state"] = StateOf(product),
            ["externalId"] = product.ExternalId,
        };
    }

    private static string StateOf(Product product) => product switch
    {
        { IsDeleted: true } => "deleted",
        { IsLocked: true } => "publishing",
        { ExternalId: not null } => "published",
        _ => "unpublished",
    };
}
