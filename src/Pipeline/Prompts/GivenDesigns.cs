using PodEngine.Shared.Products;

namespace PodEngine.Pipeline.Prompts;

/// <summary>
/// The designs of a brief whose prompt the user wrote: the same prompt as often as asked for, each with its own seed. Nothing is bought; the title, tags
/// and description come from the prompt's own words.
/// </summary>
internal static class GivenDesigns
{
    /// <summary>What the ledger says about their writer.</summary>
    public const string WrittenBy = "given";

    private const int TitleLength = 60;

    public static IReadOnlyList<Design> From(string prompt, int count, IReadOnlyList<ProductDefinition> products)
    {
        var title = Title(prompt);
        var labels = string.Join(", ", products.Select(product => product.Label.ToLowerInvariant()).Distinct(StringComparer.Ordinal));
        var tags = DesignRules.Tags([title.Length <= DesignRules.MaxTag ? title : "", .. Words.Keywords(prompt), .. products.Select(product => product.Type)]).ToArray();
        return
        [
            .. Enumerable.Range(0, count).Select(index => new Design
            {
                Title = index == 0 ? title : $"{title} #{index + 1}",
                Prompt = prompt.Trim(),
                Description = $"{title}: an original design for {labels}.",
                Tags = tags,
            }),
        ];
    }

    private static string Title(string prompt)
    {
        var opening = Words.TitleCase(Words.Opening(prompt.Trim(), TitleLength));
        // A single endless word, or two letters: cut it, or say what it is.
        return opening.Length switch
        {
            0 => Words.TitleCase(prompt.Trim().Length <= TitleLength ? prompt.Trim() : prompt.Trim()[..TitleLength]) is { Length: >= DesignRules.MinTitle } cut ? cut : "Original Design",
            < DesignRules.MinTitle => $"{opening} Design",
            _ => opening,
        };
    }
}
