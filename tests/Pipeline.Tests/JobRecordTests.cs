using PodEngine.Ledger;
using PodEngine.Queue;
using PodEngine.Shared.Faults;
using PodEngine.Shared.Jobs;
using PodEngine.Shared.Products;
using PodEngine.Simulators.Faults;

namespace PodEngine.Pipeline.Tests;

/// <summary>What remains of a job for those who ask later: its state, its result, what it made, and its log.</summary>
public sealed class JobRecordTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_job_that_keeps_failing_is_retrying_until_its_retries_are_used_up_and_then_failed()
    {
        await using var bench = await PipelineBench.StartAsync();
        bench.Fault("comfyui", new Fault { Route = "POST /prompt", Kind = FaultKind.Variant, Variant = "ExecutionError", Times = -1 });
        var retry = new RetryPolicy { MaxRetries = 1, Delay = TimeSpan.FromSeconds(60) };
        var job = await bench.SubmitAsync(DesignJob.Request(DesignJob.Work(), retry));

        await bench.FailAsync();

        var between = await FindAsync(bench, job);
        Assert.Equal((JobState.Retrying, 1, FaultCodes.WorkflowFailed), (between.State, between.Attempts, between.Failure!.Code));

        await bench.FailAsync();

        var end = await FindAsync(bench, job);
        Assert.Equal((JobState.Failed, 2, FaultCodes.WorkflowFailed), (end.State, end.Attempts, end.Failure!.Code));
        Assert.Empty(bench.Products());
    }

    [Fact]
    public async Task A_job_that_failed_tells_what_it_made_what_is_missing_why_and_how_long_it_took()
    {
        await using var bench = await PipelineBench.StartAsync();
        var work = DesignJob.Work() with { Platforms = [new PlatformTarget("printify", DesignJob.ApiShop), new PlatformTarget("gone", 9999)] };
        bench.Fault("comfyui", new Fault { Route = "POST /prompt", Kind = FaultKind.Variant, Variant = "ExecutionError" });
        var job = await bench.SubmitAsync(DesignJob.Request(work, new RetryPolicy { Delay = TimeSpan.FromSeconds(60) }));
        await bench.FailAsync();

        await bench.FailAsync();

        var record = await FindAsync(bench, job);
        var result = DesignResultJson.Read(record.Result!);
        var image = Assert.Single(result.Images);
        Assert.True(await bench.Storage.ExistsAsync(image.Sha256!, Cancelled));
        var made = Assert.Single(bench.Products());
        Assert.Equal(
            [(0, "tshirt", "gone", null), (0, "tshirt", "printify", made["id"]!.GetValue<string>())],
            result.Products.Select(product => (product.ImageIndex, product.ProductType, product.Platform, product.ExternalId)).OrderBy(product => product.Platform));
        Assert.Equal(("Failed", true), (Of("gone").State, Of("gone").FaultCode is not null));
        Assert.Equal(("Draft", null), (Of("printify").State, Of("printify").FaultCode));
        Assert.Contains("gone", record.Failure!.Message, StringComparison.Ordinal);

        // Both attempts and the minute between them, shortened by chance by at most a fifth.
        Assert.InRange(record.FinishedAt!.Value - record.StartedAt!.Value, TimeSpan.FromSeconds(48), TimeSpan.FromSeconds(90));

        DesignResultProduct Of(string platform) => result.Products.Single(product => product.Platform == platform);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_recorded_of_pictures_and_products_is_what_was_made(bool claude)
    {
        await using var bench = await PipelineBench.StartAsync(claude);
        var job = await bench.SubmitAsync(DesignJob.Request(DesignJob.Work(count: 2, types: ["tshirt", "hoodie"])));

        await bench.CompleteAsync();

        var entries = await bench.EntriesAsync(job);
        Assert.Equal([0, 1], entries.Images.Select(image => image.Index));
        foreach (var written in (Func<ImageRecord, string>[])[image => image.Title, image => image.Prompt, image => image.Description, image => string.Join(',', image.Tags), image => image.Sha256!])
        {
            Assert.DoesNotContain(entries.Images, image => string.IsNullOrWhiteSpace(written(image)));
            Assert.Equal(2, entries.Images.Select(written).Distinct().Count());
        }

        Assert.Equal(4, entries.Products.Count);
        foreach (var product in entries.Products)
        {
            var made = bench.Products().Single(each => each["id"]!.GetValue<string>() == product.ExternalId);
            var definition = ProductCatalog.Default[product.ProductType];
            Assert.Equal((product.Title, product.ShopId, definition.BlueprintId), (made["title"]!.GetValue<string>(), made["shopId"]!.GetValue<long>(), made["blueprintId"]!.GetValue<int>()));
            Assert.Equal($"{entries.Images[product.ImageIndex].Title} {definition.Label}", product.Title);
            Assert.Equal(definition.PriceCents, product.PriceCents);
            Assert.All(made["prices"]!.AsArray(), price => Assert.Equal(product.PriceCents, price!.GetValue<int>()));
            Assert.Equal((ProductState.Draft, "unpublished"), (product.State, made["state"]!.GetValue<string>()));
        }
    }

    [Fact]
    public async Task Without_autoPublish_no_channel_gets_a_publication()
    {
        await using var bench = await PipelineBench.StartAsync();
        var work = DesignJob.Work() with
        {
            Platforms = [new PlatformTarget("printify", DesignJob.ApiShop), new PlatformTarget("shopify", DesignJob.ShopifyShop)],
        };
        await bench.SubmitAsync(DesignJob.Request(work));

        await bench.CompleteAsync();

        Assert.Equal(["unpublished", "unpublished"], bench.Products().Select(product => product["state"]!.GetValue<string>()));
        Assert.All(bench.Products(), product => Assert.Equal(0, product["publishes"]!.GetValue<int>()));
    }

    [Fact]
    public async Task A_jobs_log_tells_of_every_attempt_how_it_began_and_how_it_ended()
    {
        await using var bench = await PipelineBench.StartAsync();
        bench.Fault("comfyui", new Fault { Route = "POST /prompt", Kind = FaultKind.Variant, Variant = "ExecutionError" });
        var job = await bench.SubmitAsync(DesignJob.Request(DesignJob.Work()));
        await bench.FailAsync();

        await bench.CompleteAsync();

        var lines = await bench.Ledger.ReadLogAsync(job, 100, Cancelled);
        Assert.StartsWith("Attempt 1 of 4 begins", lines[0].Message, StringComparison.Ordinal);
        var failure = Assert.Single(lines, line => line.Level == "error");
        Assert.StartsWith(FaultCodes.WorkflowFailed, failure.Message, StringComparison.Ordinal);
        Assert.StartsWith("Attempt 2 of 4 begins", lines.SkipWhile(line => line != failure).ElementAt(1).Message, StringComparison.Ordinal);
        Assert.Equal(("info", "Done: 1 pictures, 1 products."), (lines[^1].Level, lines[^1].Message));
        Assert.All(lines, line => Assert.Equal("bench/1", line.Worker));
    }

    private static async Task<JobRecord> FindAsync(PipelineBench bench, JobId job) => (await bench.Queue.FindAsync(job, Cancelled))!;
}
