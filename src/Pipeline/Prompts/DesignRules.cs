using System.Text.RegularExpressions;

namespace PodEngine.Pipeline.Prompts;

/// <summary>What a written design must keep to before anything is drawn from it. Nothing a language model answers is used unchecked.</summary>
internal static partial class DesignRules
{
    public const int MinTitle = 3;
    public const int MaxTitle = 100;
    public const int MaxPrompt = 4000;
    public const int MaxDescription = 2000;
    public const int MaxTags = 13;
    public const int MaxTag = 20;

    /// <summary>The design in its clean form, or null with every fault named.</summary>
    public static Design? Clean(Design design, out IReadOnlyList<string> faults)
    {
        var found = new List<string>();
        var clean = new Design
        {
            Title = OneLine(design.Title),
            Prompt = OneLine(design.Prompt),
            Description = OneLine(design.Description),
            Tags = [.. Tags(design.Tags)],
        };
        if (clean.Title.Length is < MinTitle or > MaxTitle)
        {
            found.Add($"a title of {clean.Title.Length} characters, {MinTitle} to {MaxTitle} are allowed");
        }

        if (clean.Prompt.Length is 0 or > MaxPrompt)
        {
            found.Add($"a prompt of {clean.Prompt.Length} characters, 1 to {MaxPrompt} are allowed");
        }

        if (clean.Description.Length > MaxDescription)
        {
            found.Add($"a description of {clean.Description.Length} characters, at most {MaxDescription} are allowed");
        }

        faults = found;
        return found.Count == 0 ? clean : null;
    }

    /// <summary>Lower-case tags without blanks around, repeats, or those too long for a shop, at most 13.</summary>
    public static IEnumerable<string> Tags(IEnumerable<string> tags) => tags
        .Select(tag => OneLine(tag).TrimStart('#').ToLowerInvariant())
        .Where(tag => tag.Length is > 0 and <= MaxTag)
        .Distinct(StringComparer.Ordinal)
        .Take(MaxTags);

    private static string OneLine(string? text) => WhiteSpace().Replace(text ?? "", " ").Trim();

    [GeneratedRegex(@"[\s\p{Cc}]+")]
    private static partial Regex WhiteSpace();
}
