using System.Text.Json.Nodes;
using PodEngine.Simulators.Http;
using PodEngine.Simulators.Printify.Catalogue;

namespace PodEngine.Simulators.Printify;

/// <summary>All routes of Printify. Pictures it serves itself need no token.</summary>
internal static class PrintifyRoutes
{
    public static void Map(RouteGroupBuilder group, PrintifyState state)
    {
        group.MapGet("/previews/{name}.png", UploadRoutes.PreviewAsync);
        group.MapGet("/mockups/{name}.png", UploadRoutes.PreviewAsync);
        group.MapGet("/v1/shops.json", context => context.Response.AnswerJsonAsync(200, state.Knobs.Shops.Select(Write).ToJsonArray()));
        new CatalogueRoutes(state).MapOn(group);
        new UploadRoutes(state).MapOn(group);
        new ProductRoutes(state).MapOn(group);
        new PublishRoutes(state).MapOn(group);
        group.Map("{**rest}", context => PrintifyErrors.WriteAsync(context, 404, "", state.Knobs));
    }

    /// <summary>Whether a request has to pass token and limits.</summary>
    public static bool IsGuarded(PathString path) => path.StartsWithSegments("/printify", out var rest)
        && !rest.StartsWithSegments("/previews") && !rest.StartsWithSegments("/mockups");

    private static JsonNode? Write(PrintifyShop shop) => new JsonObject { ["id"] = shop.Id, ["title"] = shop.Title, ["sales_channel"] = shop.SalesChannel };
}
