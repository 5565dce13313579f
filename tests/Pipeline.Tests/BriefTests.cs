using PodEngine.Pipeline.Prompts;
using PodEngine.Shared.Faults;
using PodEngine.Shared.Jobs;
using PodEngine.Shared.Products;

namespace PodEngine.Pipeline.Tests;

/// <summary>How a brief is put to Claude.</summary>
public sealed class BriefTests
{
    [Fact]
    public void Claude_is_told_theme_style_audience_amount_and_every_product()
    {
        var asked = ClaudeWords.User(new PromptRequest
        {
            Brief = new DesignBrief { Theme = "owls", Style = "woodcut", Niche = "night shift nurses", Count = 3 },
            Products = [ProductCatalog.Default["tshirt"], ProductCatalog.Default["mug"]],
            Count = 2,
            Taken = ["Owl in the Rain"],
            Seed = 1,
        });

        foreach (var told in (string[])["exactly 2 different designs", "Theme: owls", "Style: woodcut", "Audience: night shift nurses", "T-Shirt", "Mug", "Owl in the Rain"])
        {
            Assert.Contains(told, asked, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_hundred_designs_are_asked_for_in_portions_whose_answers_are_not_cut_short()
    {
        await using var bench = await PipelineBench.StartAsync(claude: true);
        var work = DesignJob.Work(count: 100);
        var job = await bench.SubmitAsync(DesignJob.Request(work with { Image = work.Image with { Checkpoint = "nowhere.safetensors" } }));

        var failed = await bench.FailAsync();

        // The prompts are there: it is the checkpoint that ends the job.
        Assert.Equal(FaultCodes.CheckpointUnknown, failed.Failure.Code);
        Assert.Equal(100, (await bench.EntriesAsync(job)).Images.Select(image => image.Title).Distinct().Count());
        var portions = bench.Bought("claude")["calls"]!.AsArray().Select(call => call!["items"]!.GetValue<int>()).ToList();
        Assert.InRange(portions.Sum(), 100, 110);
        Assert.All(portions, portion => Assert.InRange(portion, 1, 40));
    }
}
