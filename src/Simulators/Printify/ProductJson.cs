using System.Globalization;
using System.Text.Json.Nodes;
using PodEngine.Simulators.Http;
using PodEngine.Simulators.Knobs;

namespace PodEngine.Simulators.Printify;

/// <summary>Writes products as answers; called under the account's lock.</summary>
internal sealed class ProductJson(PrintifyState state, string baseUrl)
{
    private readonly PrintifyKnobs knobs = state.Knobs;
    private readonly Dictionary<string, int> optionIds = [];

    public JsonObject Write(Product product)
    {
        var now = state.Time.GetUtcNow();
        product.Settle(now);
        var options = WriteOptions(product);
        var answer = new JsonObject
        {
            ["id"] = product.Id,
            ["title"] = product.Title,
            ["description"] = product.Description,
            ["tags"] = product.Tags.DeepClone(),
            ["options"] = options,
            ["variants"] = WriteVariants(product),
            ["images"] = now >= product.Created.AddMilliseconds(knobs.MockupsReadyMs) ? WriteMockups(product) : new JsonArray(),
            ["created_at"] = Time(product.Created),
            ["updated_at"] = Time(product.Updated),
            ["visible"] = product.IsVisible,
            ["is_locked"] = product.IsLocked,
            ["is_printify_express_eligible"] = false,
            ["is_printify_express_enabled"] = false,
            ["is_economy_shipping_eligible"] = false,
            ["is_economy_shipping_enabled"] = false,
            ["blueprint_id"] = product.Blueprint.Id,
            ["user_id"] = 1,
            ["shop_id"] = product.Shop.Id,
            ["print_provider_id"] = product.PrintProviderId,
            ["print_areas"] = WritePrintAreas(product),
            ["print_details"] = new JsonArray(),
            ["sales_channel_properties"] = new JsonArray(),
            ["views"] = new JsonArray(new JsonObject { ["id"] = 1, ["label"] = "Front", ["position"] = "front", ["files"] = new JsonArray() }),
        };
        foreach (var (name, value) in product.Extras)
        {
            answer[name] = value?.DeepClone();
        }

        AddExternal(answer, product);
        return answer;
    }

    private void AddExternal(JsonObject answer, Product product)
    {
        if (product.ExternalId is null || knobs.External == ExternalForm.Absent)
        {
            return;
        }

        var external = new JsonObject { ["id"] = product.ExternalId, ["handle"] = product.ExternalHandle };
        answer["external"] = knobs.External == ExternalForm.List ? new JsonArray(external) : external;
    }

    private JsonArray WriteOptions(Product product)
    {
        var names = product.Blueprint.Variants.SelectMany(variant => variant.Options).GroupBy(option => option.Name);
        return names.Select(option => (JsonNode?)new JsonObject
        {
            ["name"] = option.Key == "color" ? "Colors" : char.ToUpperInvariant(option.Key[0]) + option.Key[1..] + "s",
            ["type"] = option.Key,
            ["values"] = option.Select(pair => pair.Value).Distinct()
                .Select(value => (JsonNode?)new JsonObject { ["id"] = OptionId(value), ["title"] = value }).ToJsonArray(),
        }).ToJsonArray();
    }

    private JsonArray WriteVariants(Product product)
    {
        var variants = product.Variants.ToList();
        if (knobs.AnswersAllVariants)
        {
            var known = variants.Select(variant => variant.Id).ToHashSet();
            variants.AddRange(product.Blueprint.Variants.Where(variant => !known.Contains(variant.Id))
                .Select(variant => new ProductVariant(variant.Id, variant.CostCents * 2, false, $"{product.Id}{variant.Id}", false)));
        }

        return variants.Select(variant => (JsonNode?)Write(product, variant)).ToJsonArray();
    }

    private JsonObject Write(Product product, ProductVariant variant)
    {
        var source = product.Blueprint.Find(variant.Id)!;
        return new JsonObject
        {
            ["id"] = variant.Id,
            ["sku"] = variant.Sku,
            ["cost"] = source.CostCents,
            ["price"] = variant.Price,
            ["title"] = source.Title,
            ["grams"] = source.Grams,
            ["is_enabled"] = variant.IsEnabled,
            ["is_default"] = variant.IsDefault,
            ["is_available"] = !knobs.OutOfStockVariantIds.Contains(variant.Id),
            ["is_printify_express_eligible"] = false,
            ["options"] = source.Options.Select(option => (JsonNode?)OptionId(option.Value)).ToJsonArray(),
        };
    }

    private JsonArray WritePrintAreas(Product product)
    {
        var areas = (JsonArray)product.PrintAreas.DeepClone();
        foreach (var image in areas.SelectMany(area => area!["placeholders"].Items()).SelectMany(placeholder => placeholder!["images"].Items()))
        {
            if (state.Uploads.Find(upload => upload.Id == image!["id"].Text()) is { } upload)
            {
                image!["name"] = upload.FileName;
                image["type"] = upload.Header.MimeType;
                image["height"] = upload.Header.Height;
                image["width"] = upload.Header.Width;
                image["src"] = upload.PreviewUrl;
            }
        }

        return areas;
    }

    private JsonArray WriteMockups(Product product) =>
    [
        new JsonObject
        {
            ["src"] = $"{baseUrl}/printify/mockups/{product.Id}.png",
            ["variant_ids"] = product.Variants.Select(variant => (JsonNode?)variant.Id).ToJsonArray(),
            ["position"] = "front",
            ["is_default"] = true,
        },
    ];

    private int OptionId(string value)
    {
        if (!optionIds.TryGetValue(value, out var id))
        {
            id = optionIds[value] = 500 + optionIds.Count;
        }

        return id;
    }

    private static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm:ss+00:00", CultureInfo.InvariantCulture);
}
