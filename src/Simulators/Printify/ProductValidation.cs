using System.Text.Json.Nodes;
using PodEngine.Simulators.Http;
using PodEngine.Simulators.Knobs;
using PodEngine.Simulators.Printify.Catalogue;

namespace PodEngine.Simulators.Printify;

/// <summary>Checks a product body; each check gives the reason of a refusal or null.</summary>
internal sealed class ProductValidation(PrintifyKnobs knobs, IReadOnlyList<Upload> uploads)
{
    private static readonly string[] Required = ["title", "blueprint_id", "print_provider_id", "variants", "print_areas"];

    public string? CheckCreate(JsonObject body)
    {
        if (Required.FirstOrDefault(name => body[name] is null) is { } missing)
        {
            return $"The {missing.Replace('_', ' ')} field is required.";
        }

        if (PrintifyCatalogue.Find(body["blueprint_id"].Whole() ?? -1) is not { } blueprint)
        {
            return $"blueprint_id: {body["blueprint_id"]} does not exist.";
        }

        if (!blueprint.ProviderIds.Contains((int)(body["print_provider_id"].Whole() ?? -1)))
        {
            return $"print_provider_id: {body["print_provider_id"]} does not make blueprint {blueprint.Id}.";
        }

        return CheckTexts(body) ?? CheckVariants(body["variants"], blueprint) ?? CheckPrintAreas(body["print_areas"], body["variants"], blueprint);
    }

    public string? CheckUpdate(JsonObject body, Product product)
    {
        if (body.ContainsKey("variants"))
        {
            var sent = body["variants"].Items().Select(variant => variant?["id"].Whole()).ToHashSet();
            if (product.Variants.Find(variant => !sent.Contains(variant.Id)) is { } missing)
            {
                return $"variants: all variants must be given, {missing.Id} is missing.";
            }
        }

        var variants = body["variants"] ?? product.Variants.Select(variant => (JsonNode?)new JsonObject { ["id"] = variant.Id }).ToJsonArray();
        return CheckTexts(body)
            ?? (body.ContainsKey("variants") ? CheckVariants(body["variants"], product.Blueprint) : null)
            ?? (body.ContainsKey("print_areas") ? CheckPrintAreas(body["print_areas"], variants, product.Blueprint) : null);
    }

    private static string? CheckTexts(JsonObject body)
    {
        if (body.ContainsKey("title") && string.IsNullOrWhiteSpace(body["title"].Text()))
        {
            return "The title field is required.";
        }

        if (body["description"] is not null && body["description"].Text() is null)
        {
            return "The description must be a string.";
        }

        return body["tags"] is null || (body["tags"] is JsonArray tags && tags.All(tag => tag.Text() is not null)) ? null : "tags: a list of strings is expected.";
    }

    private string? CheckVariants(JsonNode? variants, Blueprint blueprint)
    {
        if (variants is not JsonArray { Count: > 0 } list)
        {
            return "The variants field is required.";
        }

        var seen = new HashSet<long>();
        for (var i = 0; i < list.Count; i++)
        {
            if (list[i]?["id"].Whole() is not { } id || blueprint.Find(id) is null)
            {
                return $"variants.{i}.id: {list[i]?["id"]} is not a variant of blueprint {blueprint.Id}.";
            }

            if (!seen.Add(id))
            {
                return $"variants.{i}.id: {id} is given twice.";
            }

            if (list[i]!["price"].Whole() is not > 0)
            {
                return $"variants.{i}.price: a whole number of cents above 0 is required.";
            }
        }

        var enabled = list.Count(variant => variant!["is_enabled"].Flag() ?? true);
        return enabled > knobs.MaxEnabledVariants ? $"variants: at most {knobs.MaxEnabledVariants} variants can be enabled, not {enabled}."
            : enabled == 0 ? "variants: at least one variant must be enabled." : null;
    }

    private string? CheckPrintAreas(JsonNode? printAreas, JsonNode? variants, Blueprint blueprint)
    {
        if (printAreas is not JsonArray { Count: > 0 } areas)
        {
            return "The print areas field is required.";
        }

        var covered = new HashSet<long>();
        for (var i = 0; i < areas.Count; i++)
        {
            var ids = areas[i]?["variant_ids"].Items().Select(id => id.Whole() ?? -1).ToList() ?? [];
            if (ids.Count == 0 || ids.Exists(id => blueprint.Find(id) is null))
            {
                return $"print_areas.{i}.variant_ids: only variants of blueprint {blueprint.Id} can be printed on.";
            }

            covered.UnionWith(ids);
            if (CheckPlaceholders(areas[i]!["placeholders"], ids, blueprint) is { } fault)
            {
                return $"print_areas.{i}.{fault}";
            }
        }

        var uncovered = variants.Items().Select(variant => variant!["id"].Whole() ?? -1).FirstOrDefault(id => !covered.Contains(id));
        return knobs.RequiresVariantsInPrintAreas && uncovered != 0 ? $"print_areas: variant {uncovered} is in no print area." : null;
    }

    private string? CheckPlaceholders(JsonNode? placeholders, List<long> variantIds, Blueprint blueprint)
    {
        if (placeholders is not JsonArray { Count: > 0 } list)
        {
            return "placeholders: at least one is required.";
        }

        for (var i = 0; i < list.Count; i++)
        {
            var position = list[i]?["position"].Text();
            if (variantIds.Exists(id => blueprint.Find(id)!.Placeholders.All(placeholder => placeholder.Position != position)))
            {
                return $"placeholders.{i}.position: '{position}' cannot be printed on these variants.";
            }

            if (list[i]!["images"] is not JsonArray { Count: > 0 } images)
            {
                return $"placeholders.{i}.images: at least one is required.";
            }

            if (images.Select(CheckImage).FirstOrDefault(fault => fault is not null) is { } fault)
            {
                return $"placeholders.{i}.images: {fault}";
            }
        }

        return null;
    }

    private string? CheckImage(JsonNode? image)
    {
        if (image?["input_text"].Text() is null && !uploads.Any(upload => upload.Id == image?["id"].Text()))
        {
            return $"image {image?["id"]} does not exist.";
        }

        if (image?["x"].Real() is null || image["y"].Real() is null || image["scale"].Real() is not > 0)
        {
            return "x, y and a scale above 0 are required.";
        }

        return image["angle"] is null || image["angle"].Whole() is not null ? null : "angle must be a whole number of degrees.";
    }
}
