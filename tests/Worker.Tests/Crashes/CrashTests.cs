using System.Text.Json.Nodes;
using PodEngine.Ledger;
using PodEngine.Pipeline.Purchases;
using PodEngine.Queue;

namespace PodEngine.Worker.Tests.Crashes;

/// <summary>
/// kill −9 of a worker at every point between two recorded actions of every step. Another worker finishes the job; nothing that was recorded is made
/// twice, products and publications are exactly one. Only a question to Claude whose answer died with the worker is paid again, and counted.
/// </summary>
public sealed class CrashTests(CrashRuns runs) : IClassFixture<CrashRuns>
{
    internal static IReadOnlyList<string> Points { get; } =
    [
        .. from step in (string[])["prompts", "images", "storage", "uploads", "products", "publish"]
           from moment in Enum.GetValues<StepMoment>()
           select new StepPoint(step, moment).ToString(),
    ];

    public static TheoryData<string> AllPoints() => [.. Points];

    [Theory]
    [MemberData(nameof(AllPoints))]
    public async Task A_job_whose_worker_was_killed_at_this_point_is_finished_by_another(string point)
    {
        var job = await runs.ResultAsync(point);

        Assert.True(job.Record.State == JobState.Completed, $"{job.Record.State}: {job.Record.Failure}");
        Assert.Equal(1, job.Record.Attempts);
        Assert.InRange(job.Record.Rescues, 1, CrashedJob.Timings.MaxRescues);
        var printify = job.Bought["printify"]!;
        var product = Assert.Single(printify["products"]!.AsArray())!;
        Assert.Equal(("published", 1), (product["state"]!.GetValue<string>(), product["publishes"]!.GetValue<int>()));
        Assert.Single(printify["uploads"]!.AsArray());
        Assert.Single(Drawn(job.Bought));
        Assert.Equal(point == "prompts/AfterEffect" ? 2 : 1, job.Bought["claude"]!["billedCalls"]!.GetValue<int>());
        Assert.Equal(ProductState.Published, Assert.Single(job.Entries.Products).State);
        Assert.Equal(product["id"]!.GetValue<string>(), job.Entries.Products[0].ExternalId);
        Assert.Equal(point is "prompts/AfterIntent" or "prompts/AfterEffect" or "images/AfterIntent" ? 1 : 0, job.Entries.Repeated);
    }

    private static IEnumerable<JsonNode?> Drawn(JsonObject bought) =>
        bought["comfyui"]!["prompts"]!.AsArray().Where(prompt => !prompt!["cached"]!.GetValue<bool>());
}
