using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace PodEngine.Pipeline.Prompts;

/// <summary>What Claude is told, and the shape its answer must have.</summary>
internal static class ClaudeWords
{
    public const string System = """
        You design original artwork for print on demand. For every design you write an image prompt for a Stable Diffusion XL model, and the words under
        which the product is sold.

        Rules for the image prompt: one clear subject with a strong silhouette, centred; a plain or transparent-looking background; high contrast and a
        limited palette, because it is printed on fabric and paper; no text, letters, signatures, watermarks, frames or mock-ups of products; one paragraph
        of English in the vocabulary of image models.

        Rules for everything: nothing that belongs to somebody else. No brands, logos, trademarks, slogans, characters, titles, sports teams, bands,
        celebrities or other real persons, and no "in the style of" a living artist. Nothing hateful, sexual, violent or political, no medical claims.
        If the theme itself names such a thing, keep its mood and leave the name out. If nothing acceptable is left, refuse.
        """;

    public static string User(PromptRequest request)
    {
        var brief = request.Brief;
        var products = string.Join(", ", request.Products.Select(product => $"{product.Label} (printed on the {product.Placement.Position})"));
        var text = new StringBuilder()
            .AppendLine(CultureInfo.InvariantCulture, $"Write exactly {request.Count} different design{(request.Count == 1 ? "" : "s")}.")
            .AppendLine(CultureInfo.InvariantCulture, $"Theme: {brief.Theme}")
            .AppendLine(CultureInfo.InvariantCulture, $"Style: {brief.Style}")
            .AppendLine(CultureInfo.InvariantCulture, $"Audience: {brief.Niche}")
            .AppendLine(CultureInfo.InvariantCulture, $"Products: {products}. Each design must work on all of them.");
        if (request.Taken.Count > 0)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"These titles exist already, write something else: {string.Join("; ", request.Taken)}");
        }

        return text.ToString();
    }

    // Bounds are in the descriptions: the service refuses schemas with length keywords, and we check afterwards.
    public static JsonObject Schema() => new()
    {
        ["type"] = "object",
        ["additionalProperties"] = false,
        ["required"] = new JsonArray("designs"),
        ["properties"] = new JsonObject
        {
            ["designs"] = new JsonObject
            {
                ["type"] = "array",
                ["description"] = "The designs, exactly as many as asked for.",
                ["items"] = new JsonObject
                {
                    ["type"] = "object",
                    ["additionalProperties"] = false,
                    ["required"] = new JsonArray("title", "prompt", "description", "tags"),
                    ["properties"] = new JsonObject
                    {
                        ["title"] = Text($"Title for shoppers, {DesignRules.MinTitle} to {DesignRules.MaxTitle} characters, best 20 to 60, without the product's name."),
                        ["prompt"] = Text($"The image prompt, 30 to 120 words, at most {DesignRules.MaxPrompt} characters."),
                        ["description"] = Text("Description for shoppers, two or three sentences."),
                        ["tags"] = new JsonObject
                        {
                            ["type"] = "array",
                            ["description"] = $"5 to {DesignRules.MaxTags} search tags, lower case, each at most {DesignRules.MaxTag} characters.",
                            ["items"] = new JsonObject { ["type"] = "string" },
                        },
                    },
                },
            },
        },
    };

    private static JsonObject Text(string description) => new() { ["type"] = "string", ["description"] = description };
}
