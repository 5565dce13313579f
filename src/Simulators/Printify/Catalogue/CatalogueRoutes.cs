using System.Globalization;
using System.Text.Json.Nodes;
using PodEngine.Simulators.Http;

namespace PodEngine.Simulators.Printify.Catalogue;

/// <summary><c>/v1/catalog/…</c>; nothing here is paged.</summary>
internal sealed class CatalogueRoutes(PrintifyState state)
{
    public void MapOn(RouteGroupBuilder group)
    {
        var catalogue = group.MapGroup("/v1/catalog");
        catalogue.MapGet("/blueprints.json", context =>
            context.Response.AnswerJsonAsync(200, PrintifyCatalogue.Blueprints.Select(blueprint => (JsonNode?)Write(blueprint)).ToJsonArray()));
        catalogue.MapGet("/blueprints/{bp}.json", context => WithBlueprintAsync(context, Write));
        catalogue.MapGet("/blueprints/{bp}/print_providers.json", context => WithBlueprintAsync(context, WriteProviders));
        catalogue.MapGet("/blueprints/{bp}/print_providers/{pp}/variants.json", context => WithOfferAsync(context, WriteVariants));
        catalogue.MapGet("/blueprints/{bp}/print_providers/{pp}/shipping.json", context => WithOfferAsync(context, (_, blueprint, _) => WriteShipping(blueprint)));
        catalogue.MapGet("/print_providers.json", context =>
            context.Response.AnswerJsonAsync(200, PrintifyCatalogue.Providers.Select(provider => (JsonNode?)Write(provider)).ToJsonArray()));
        catalogue.MapGet("/print_providers/{pp}.json", AnswerProviderAsync);
    }

    private Task WithBlueprintAsync(HttpContext context, Func<Blueprint, JsonNode> write) =>
        PrintifyCatalogue.Find(Number(context, "bp")) is { } blueprint
            ? context.Response.AnswerJsonAsync(200, write(blueprint))
            : PrintifyErrors.WriteAsync(context, 404, "", state.Knobs);

    private Task WithOfferAsync(HttpContext context, Func<HttpContext, Blueprint, PrintProvider, JsonNode> write)
    {
        var providerId = Number(context, "pp");
        var blueprint = PrintifyCatalogue.Find(Number(context, "bp"));
        var provider = PrintifyCatalogue.Providers.FirstOrDefault(candidate => candidate.Id == providerId);
        return blueprint is not null && provider is not null && blueprint.ProviderIds.Contains(provider.Id)
            ? context.Response.AnswerJsonAsync(200, write(context, blueprint, provider))
            : PrintifyErrors.WriteAsync(context, 404, "", state.Knobs);
    }

    private Task AnswerProviderAsync(HttpContext context)
    {
        var providerId = Number(context, "pp");
        if (PrintifyCatalogue.Providers.FirstOrDefault(candidate => candidate.Id == providerId) is not { } provider)
        {
            return PrintifyErrors.WriteAsync(context, 404, "", state.Knobs);
        }

        var answer = Write(provider);
        answer["blueprints"] = PrintifyCatalogue.Blueprints
            .Where(blueprint => blueprint.ProviderIds.Contains(provider.Id)).Select(blueprint => (JsonNode?)Write(blueprint)).ToJsonArray();
        return context.Response.AnswerJsonAsync(200, answer);
    }

    private static int Number(HttpContext context, string name) =>
        int.TryParse((string)context.Request.RouteValues[name]!, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;

    private static JsonObject Write(Blueprint blueprint) => new()
    {
        ["id"] = blueprint.Id,
        ["title"] = blueprint.Title,
        ["description"] = blueprint.Description,
        ["brand"] = blueprint.Brand,
        ["model"] = blueprint.Model,
        ["images"] = new JsonArray($"https://images.printify.com/blueprint-{blueprint.Id}"),
    };

    private static JsonObject Write(PrintProvider provider) => new()
    {
        ["id"] = provider.Id,
        ["title"] = provider.Title,
        ["location"] = new JsonObject
        {
            ["address1"] = provider.Address,
            ["address2"] = "",
            ["city"] = provider.City,
            ["country"] = provider.Country,
            ["region"] = provider.Region,
            ["zip"] = provider.Zip,
        },
    };

    private static JsonArray WriteProviders(Blueprint blueprint) => PrintifyCatalogue.Providers
        .Where(provider => blueprint.ProviderIds.Contains(provider.Id))
        .Select(provider => (JsonNode?)new JsonObject
        {
            ["id"] = provider.Id,
            ["title"] = provider.Title,
            ["decoration_methods"] = blueprint.Variants[0].Placeholders.Select(placeholder => placeholder.DecorationMethod).Distinct().ToTextArray(),
        }).ToJsonArray();

    private JsonNode WriteVariants(HttpContext context, Blueprint blueprint, PrintProvider provider)
    {
        var withAll = context.Request.Query["show-out-of-stock"] == "1";
        var hidden = state.Knobs.OutOfStockVariantIds;
        return new JsonObject
        {
            ["id"] = provider.Id,
            ["title"] = provider.Title,
            ["variants"] = blueprint.Variants.Where(variant => withAll || !hidden.Contains(variant.Id)).Select(variant => (JsonNode?)Write(variant)).ToJsonArray(),
        };
    }

    private static JsonObject Write(CatalogueVariant variant)
    {
        var options = new JsonObject();
        foreach (var (name, value) in variant.Options)
        {
            options[name] = value;
        }

        return new JsonObject
        {
            ["id"] = variant.Id,
            ["title"] = variant.Title,
            ["options"] = options,
            ["placeholders"] = variant.Placeholders.Select(placeholder => (JsonNode?)new JsonObject
            {
                ["position"] = placeholder.Position,
                ["decoration_method"] = placeholder.DecorationMethod,
                ["height"] = placeholder.Height,
                ["width"] = placeholder.Width,
            }).ToJsonArray(),
        };
    }

    private static JsonObject WriteShipping(Blueprint blueprint)
    {
        return new JsonObject
        {
            ["handling_time"] = new JsonObject { ["value"] = 10, ["unit"] = "day" },
            ["profiles"] = new JsonArray(Profile(475, 240, "US"), Profile(1000, 400, "CA", "GB", "DE", "FR"), Profile(1250, 550, "REST_OF_THE_WORLD")),
        };

        JsonObject Profile(int first, int more, params string[] countries) => new()
        {
            ["variant_ids"] = blueprint.Variants.Select(variant => (JsonNode?)variant.Id).ToJsonArray(),
            ["first_item"] = new JsonObject { ["cost"] = first, ["currency"] = "USD" },
            ["additional_items"] = new JsonObject { ["cost"] = more, ["currency"] = "USD" },
            ["countries"] = countries.ToTextArray(),
        };
    }
}
