using PodEngine.Pipeline.Prompts;
using PodEngine.Shared.Jobs;
using PodEngine.Shared.Products;

namespace PodEngine.Pipeline.Tests;

/// <summary>Designs without a language model.</summary>
public sealed class TemplatePromptWriterTests
{
    [Fact]
    public async Task A_hundred_designs_of_one_theme_have_a_hundred_titles_and_keep_every_rule()
    {
        var batch = await WriteAsync(new DesignBrief { Theme = "cyber-punk", Style = "neon", Niche = "night owls" }, count: 100, seed: 7);

        Assert.Equal(100, batch.Designs.Select(design => design.Title).Distinct().Count());
        Assert.Equal(100, batch.Designs.Select(design => design.Prompt).Distinct().Count());
        Assert.All(batch.Designs, design =>
        {
            Assert.NotNull(DesignRules.Clean(design, out var faults));
            Assert.Empty(faults);
            Assert.Contains("cyber-punk", design.Prompt, StringComparison.Ordinal);
            Assert.InRange(design.Tags.Count, 3, DesignRules.MaxTags);
        });
    }

    [Fact]
    public async Task The_same_job_gets_the_same_designs_and_another_job_others()
    {
        var brief = new DesignBrief();
        var first = await WriteAsync(brief, 3, seed: 1);

        Assert.Equal(first.Designs.Select(design => design.Prompt), (await WriteAsync(brief, 3, seed: 1)).Designs.Select(design => design.Prompt));
        Assert.NotEqual(first.Designs.Select(design => design.Prompt), (await WriteAsync(brief, 3, seed: 40)).Designs.Select(design => design.Prompt));
    }

    [Fact]
    public async Task A_brief_that_names_no_theme_gets_subjects_and_never_the_word_general()
    {
        var batch = await WriteAsync(new DesignBrief(), 20, seed: 3);

        Assert.All(batch.Designs, design => Assert.DoesNotContain("general", design.Title, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task An_endless_theme_still_fits_a_title()
    {
        var batch = await WriteAsync(new DesignBrief { Theme = string.Join(' ', Enumerable.Repeat("labyrinthine", 40)) }, 1, seed: 0);

        Assert.InRange(Assert.Single(batch.Designs).Title.Length, DesignRules.MinTitle, DesignRules.MaxTitle);
    }

    [Theory]
    [InlineData("a fox reading under a lamp, watercolour", "A Fox Reading Under a Lamp")]
    [InlineData("NASA style rocket", "NASA Style Rocket")]
    [InlineData("x", "X Design")]
    [InlineData("!", "! Design")]
    public void The_title_of_a_given_prompt_comes_from_its_own_words(string prompt, string title) =>
        Assert.Equal(title, GivenDesigns.From(prompt, 1, [ProductCatalog.Default["mug"]])[0].Title);

    [Fact]
    public void Every_copy_of_a_given_prompt_has_a_title_of_its_own_and_keeps_the_rules()
    {
        var prompt = new string('y', 3000);
        var designs = GivenDesigns.From(prompt, 100, [ProductCatalog.Default["mug"]]);

        Assert.Equal(100, designs.Select(design => design.Title).Distinct().Count());
        Assert.All(designs, design => Assert.NotNull(DesignRules.Clean(design, out _)));
    }

    private static Task<PromptBatch> WriteAsync(DesignBrief brief, int count, long seed) => new TemplatePromptWriter().WriteAsync(
        new PromptRequest { Brief = brief, Products = [ProductCatalog.Default["tshirt"]], Count = count, Seed = seed }, TestContext.Current.CancellationToken);
}
