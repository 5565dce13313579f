using PodEngine.Shared.Jobs;

namespace PodEngine.Pipeline.Prompts;

/// <summary>
/// Writes designs without a language model: theme, style and audience of the brief in tried compositions and palettes. Deterministic: the same
/// request gives the same designs, different jobs begin at different places, and a hundred designs of one job have a hundred titles.
/// </summary>
public sealed class TemplatePromptWriter : IPromptWriter
{
    /// <inheritdoc />
    public string Name => "template";

    /// <inheritdoc />
    public TimeSpan Deadline => TimeSpan.Zero;

    /// <inheritdoc />
    public int MostAtATime => TemplateWords.Combinations;

    /// <inheritdoc />
    public Task<PromptBatch> WriteAsync(PromptRequest request, CancellationToken cancellationToken)
    {
        var taken = new HashSet<string>(request.Taken, StringComparer.OrdinalIgnoreCase);
        var start = (int)(request.Seed % TemplateWords.Combinations);
        var designs = Enumerable.Range(0, TemplateWords.Combinations)
            .Select(index => Write(request, start + index))
            .Where(design => taken.Add(design.Title))
            .Take(request.Count)
            .ToList();
        return Task.FromResult(new PromptBatch { Designs = designs, WrittenBy = Name });
    }

    private static Design Write(PromptRequest request, int number)
    {
        var brief = request.Brief;
        var scene = TemplateWords.Scenes[number % TemplateWords.Scenes.Count];
        var palette = TemplateWords.Palettes[number % TemplateWords.Palettes.Count];
        var detail = TemplateWords.Details[number % TemplateWords.Details.Count];
        var subject = Subject(brief, number);
        var title = Fit(Words.TitleCase($"{palette.Name} {subject} {scene.Name}"));
        return new Design
        {
            Title = title,
            Prompt = $"{brief.Style} style artwork of {subject}, {scene.Prompt}, {palette.Prompt}, {detail}, appealing to {brief.Niche}, "
                + "bold clear silhouette, centred composition, plain background, high contrast, printable on fabric, no text, no logo",
            Description = $"{title} brings {subject} to life in a {brief.Style} style, {palette.Prompt}. Made for {brief.Niche}.",
            Tags =
            [
                .. DesignRules.Tags([brief.Theme, brief.Style, brief.Niche, .. Words.Keywords(subject), palette.Name, scene.Name, .. request.Products.Select(product => product.Type)]),
            ],
        };
    }

    // "general" is what an empty brief says: it names no subject, so one is chosen.
    private static string Subject(DesignBrief brief, int number) => string.Equals(brief.Theme, "general", StringComparison.OrdinalIgnoreCase)
        ? TemplateWords.Subjects[number % TemplateWords.Subjects.Count]
        : brief.Theme.Trim();

    private static string Fit(string title) => title.Length <= DesignRules.MaxTitle ? title : title[..DesignRules.MaxTitle].TrimEnd();
}
