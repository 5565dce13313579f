using PodEngine.Ledger;
using PodEngine.Queue;
using PodEngine.Shared.Faults;
using PodEngine.Shared.Products;
using PodEngine.Simulators.Faults;

namespace PodEngine.Pipeline.Tests;

/// <summary>What works is kept, what does not is told, and a retry does only the rest.</summary>
public sealed class PartialFailureTests
{
    [Fact]
    public async Task One_failed_picture_fails_the_job_keeps_the_others_and_is_drawn_alone_by_the_retry()
    {
        await using var bench = await PipelineBench.StartAsync();
        bench.Fault("comfyui", new Fault { Route = "POST /prompt", Kind = FaultKind.Variant, Variant = "ExecutionError", AfterCount = 1 });
        var job = await bench.SubmitAsync(DesignJob.Request(DesignJob.Work(count: 3)));

        var failed = await bench.FailAsync();

        Assert.Equal(FaultCodes.PartlyFailed, failed.Failure.Code);
        Assert.True(failed.Failure.Retryable);
        var entries = await bench.EntriesAsync(job);
        Assert.Equal(2, entries.Images.Count(image => image.Sha256 is not null));
        Assert.Equal(FaultCodes.WorkflowFailed, Assert.Single(entries.Images, image => image.Sha256 is null).FaultCode);
        Assert.Equal(2, bench.Products().Count);

        var result = await bench.CompleteAsync();

        Assert.Equal(3, bench.Pictures());
        Assert.Equal(3, bench.Products().Count);
        Assert.All(result.Products, product => Assert.StartsWith(result.Images[product.ImageIndex].Title, product.Title, StringComparison.Ordinal));
        Assert.All((await bench.EntriesAsync(job)).Images, image => Assert.Null(image.FaultCode));
    }

    [Fact]
    public async Task A_refused_product_fails_the_job_for_good_and_keeps_the_other_channel()
    {
        await using var bench = await PipelineBench.StartAsync();
        var work = DesignJob.Work() with { Platforms = [new PlatformTarget("printify", DesignJob.ApiShop), new PlatformTarget("gone", 9999)] };
        var job = await bench.SubmitAsync(DesignJob.Request(work));

        var failed = await bench.FailAsync();

        Assert.False(failed.Failure.Retryable);
        Assert.Contains("gone", failed.Failure.Message, StringComparison.Ordinal);
        Assert.Single(bench.Products());
        var products = (await bench.EntriesAsync(job)).Products;
        Assert.Equal(ProductState.Draft, products.Single(product => product.Platform == "printify").State);
        Assert.Equal(ProductState.Failed, products.Single(product => product.Platform == "gone").State);
        Assert.Equal(JobState.Failed, (await bench.Queue.FindAsync(job, TestContext.Current.CancellationToken))!.State);
    }

    [Fact]
    public async Task A_publication_the_channel_refuses_is_a_failure_of_the_job_and_published_by_the_retry()
    {
        await using var bench = await PipelineBench.StartAsync();
        bench.Fault("printify", new Fault { Route = "POST /v1/shops/{shop}/products/{id}/publish.json", Kind = FaultKind.Variant, Variant = "PublishFails" });
        var work = DesignJob.Work() with { AutoPublish = true, Platforms = [new PlatformTarget("shopify", DesignJob.ShopifyShop)] };
        var job = await bench.SubmitAsync(DesignJob.Request(work));

        var failed = await bench.FailAsync();
        Assert.Equal(FaultCodes.PartlyFailed, failed.Failure.Code);
        var product = Assert.Single((await bench.EntriesAsync(job)).Products);
        Assert.Equal(ProductState.Failed, product.State);
        Assert.NotNull(product.ExternalId);

        var result = await bench.CompleteAsync();

        Assert.Equal("Published", Assert.Single(result.Products).State);
        Assert.Single(bench.Products());
    }

    [Fact]
    public async Task A_slow_channel_puts_the_job_off_without_an_attempt()
    {
        await using var bench = await PipelineBench.StartAsync(
            options: new PipelineOptions { PublishWatch = TimeSpan.FromMilliseconds(50) },
            knobs: knobs => knobs with { Printify = knobs.Printify with { PublishMs = 60_000 } });
        var work = DesignJob.Work() with { AutoPublish = true, Platforms = [new PlatformTarget("shopify", DesignJob.ShopifyShop)] };
        var job = await bench.SubmitAsync(DesignJob.Request(work));

        var snoozed = await bench.AttemptAsync();

        Assert.IsType<AttemptOutcome.Snoozed>(snoozed);
        Assert.Equal(0, (await bench.Queue.FindAsync(job, TestContext.Current.CancellationToken))!.Attempts);
        Assert.Equal(ProductState.Publishing, Assert.Single((await bench.EntriesAsync(job)).Products).State);
    }

    [Fact]
    public async Task ComfyUI_away_fails_the_attempt_and_never_completes_the_job()
    {
        await using var bench = await PipelineBench.StartAsync();
        bench.Fault("comfyui", new Fault { Kind = FaultKind.Status, Status = 503, Times = -1 });
        await bench.SubmitAsync(DesignJob.Request(DesignJob.Work()));

        var outcome = await bench.AttemptAsync();

        Assert.True(outcome is AttemptOutcome.Failed { Failure.Retryable: true } or AttemptOutcome.Snoozed, $"{outcome}");
        Assert.Empty(bench.Products());
    }

    [Fact]
    public async Task A_provider_that_keeps_failing_is_an_outage_and_costs_no_attempt()
    {
        await using var bench = await PipelineBench.StartAsync();
        bench.Fault("printify", new Fault { Kind = FaultKind.Status, Status = 503, Times = -1 });
        var job = await bench.SubmitAsync(DesignJob.Request(DesignJob.Work(count: 6)));
        await bench.AttemptAsync();

        var second = await bench.AttemptAsync();

        Assert.IsType<AttemptOutcome.Snoozed>(second);
        Assert.InRange((await bench.Queue.FindAsync(job, TestContext.Current.CancellationToken))!.Attempts, 0, 1);
        Assert.Equal(6, bench.Pictures());
    }

    [Fact]
    public async Task A_checkpoint_the_server_lacks_fails_the_job_for_good()
    {
        await using var bench = await PipelineBench.StartAsync();
        var work = DesignJob.Work();
        await bench.SubmitAsync(DesignJob.Request(work with { Image = work.Image with { Checkpoint = "nowhere.safetensors" } }));

        var failed = await bench.FailAsync();

        Assert.Equal(FaultCodes.CheckpointUnknown, failed.Failure.Code);
        Assert.False(failed.Failure.Retryable);
    }

    [Fact]
    public async Task A_picture_lost_between_drawing_and_storing_is_drawn_again()
    {
        await using var bench = await PipelineBench.StartAsync();
        bench.Fault("comfyui", new Fault { Route = "GET /view", Kind = FaultKind.Status, Status = 404 });
        var job = await bench.SubmitAsync(DesignJob.Request(DesignJob.Work()));

        await bench.CompleteAsync();

        Assert.Contains(new PurchaseKey("images", "0/again"), (await bench.EntriesAsync(job)).Purchases.Keys);
        Assert.Single(bench.Products());
    }
}
