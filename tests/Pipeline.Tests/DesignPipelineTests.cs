using System.Buffers.Binary;
using PodEngine.Queue;
using PodEngine.Shared.Faults;
using PodEngine.Shared.Jobs;
using PodEngine.Shared.Products;

namespace PodEngine.Pipeline.Tests;

/// <summary>A design job from brief to products when nothing goes wrong.</summary>
public sealed class DesignPipelineTests
{
    [Fact]
    public async Task A_theme_becomes_products_with_prompts_written_by_Claude()
    {
        await using var bench = await PipelineBench.StartAsync(claude: true);
        var job = await bench.SubmitAsync(DesignJob.Request(DesignJob.Work(count: 2, types: ["tshirt", "hoodie"])));

        var result = await bench.CompleteAsync();

        Assert.StartsWith("claude:", result.WrittenBy, StringComparison.Ordinal);
        Assert.Equal(2, result.Images.Count);
        Assert.Equal(4, result.Products.Count);
        Assert.All(result.Products, product => Assert.Equal("Draft", product.State));
        Assert.True(result.Cost.UsdMicros > 0);
        Assert.Equal(4, bench.Products().Count);
        Assert.Equal(2, bench.Pictures());
        var shirts = result.Products.Where(product => product.ProductType == "tshirt").ToList();
        Assert.All(shirts, shirt => Assert.Equal($"{result.Images[shirt.ImageIndex].Title} T-Shirt", shirt.Title));
        Assert.All(shirts, shirt => Assert.Equal(1999, shirt.PriceCents));
        Assert.Contains("claude:", await bench.LogAsync(job), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_key_the_templates_write_and_nothing_is_paid()
    {
        await using var bench = await PipelineBench.StartAsync();
        await bench.SubmitAsync(DesignJob.Request(DesignJob.Work(count: 3)));

        var result = await bench.CompleteAsync();

        Assert.Equal("template", result.WrittenBy);
        Assert.Equal(3, result.Images.Select(image => image.Title).Distinct().Count());
        Assert.Equal(0, result.Cost.UsdMicros);
        Assert.Equal(0, bench.Bought("claude")["billedCalls"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_given_prompt_is_drawn_as_often_as_asked_with_a_seed_each()
    {
        await using var bench = await PipelineBench.StartAsync(claude: true);
        var work = DesignJob.Work(prompt: "a fox reading under a lamp, watercolour", count: 3) with { };
        work = work with { Image = work.Image with { Seed = 41 } };
        var job = await bench.SubmitAsync(DesignJob.Request(work));

        var result = await bench.CompleteAsync();

        Assert.Equal("given", result.WrittenBy);
        Assert.Equal([41, 42, 43], result.Images.Select(image => image.Seed));
        Assert.Equal("A Fox Reading Under a Lamp", result.Images[0].Title);
        Assert.Equal(0, bench.Bought("claude")["billedCalls"]!.GetValue<int>());
        Assert.Equal(3, (await bench.EntriesAsync(job)).Images.Select(image => image.Sha256).Distinct().Count());
    }

    [Fact]
    public async Task A_picture_records_everything_needed_to_draw_it_again()
    {
        await using var bench = await PipelineBench.StartAsync();
        var job = await bench.SubmitAsync(DesignJob.Request(DesignJob.Work()));

        await bench.CompleteAsync();

        var image = Assert.Single((await bench.EntriesAsync(job)).Images);
        foreach (var told in (string[])["\"backend\":\"comfyui\"", "sd_xl_base_1.0.safetensors", "\"workflowSha256\":\"", $"\"seed\":{image.Seed}", "\"steps\":4", "\"cfgMilli\":7000", "\"width\":64", "\"promptWrittenBy\":\"template\""])
        {
            Assert.Contains(told, image.Provenance, StringComparison.Ordinal);
        }

        Assert.Equal("image/png", image.MediaType);
        Assert.True(await bench.Storage.ExistsAsync(image.Sha256!, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_workflow_the_job_carries_draws_its_pictures()
    {
        const string workflow = """
            {
              "1": { "class_type": "CheckpointLoaderSimple", "inputs": { "ckpt_name": "{{checkpoint}}" } },
              "2": { "class_type": "CLIPTextEncode", "inputs": { "text": "masterpiece, {{prompt}}", "clip": ["1", 1] } },
              "3": { "class_type": "CLIPTextEncode", "inputs": { "text": "{{negativePrompt}}", "clip": ["1", 1] } },
              "4": { "class_type": "EmptyLatentImage", "inputs": { "width": 48, "height": 32, "batch_size": 1 } },
              "5": { "class_type": "KSampler", "inputs": { "model": ["1", 0], "positive": ["2", 0], "negative": ["3", 0], "latent_image": ["4", 0],
                     "seed": "{{seed}}", "steps": "{{steps}}", "cfg": "{{cfg}}", "sampler_name": "euler", "scheduler": "normal", "denoise": 1 } },
              "6": { "class_type": "VAEDecode", "inputs": { "samples": ["5", 0], "vae": ["1", 2] } },
              "7": { "class_type": "SaveImage", "inputs": { "images": ["6", 0], "filename_prefix": "own" } }
            }
            """;
        await using var bench = await PipelineBench.StartAsync();
        var work = DesignJob.Work(prompt: "a fox");
        var job = await bench.SubmitAsync(DesignJob.Request(work with { Image = work.Image with { WorkflowKey = "own.json" }, Workflow = workflow }));

        await bench.CompleteAsync();

        var image = Assert.Single((await bench.EntriesAsync(job)).Images);
        Assert.Contains("\"workflowKey\":\"own.json\"", image.Provenance, StringComparison.Ordinal);
        await using var picture = await bench.Storage.OpenAsync(image.Sha256!, TestContext.Current.CancellationToken);
        var header = new byte[24];
        await picture.ReadExactlyAsync(header, TestContext.Current.CancellationToken);
        Assert.Equal((48, 32), (BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(20))));
    }

    [Fact]
    public async Task A_job_that_names_a_workflow_and_does_not_carry_it_says_how_to_get_it_drawn()
    {
        await using var bench = await PipelineBench.StartAsync();
        var work = DesignJob.Work(prompt: "a fox");
        await bench.SubmitAsync(DesignJob.Request(work with { Image = work.Image with { WorkflowKey = "own.json" } }));

        var failed = await bench.FailAsync();

        Assert.False(failed.Failure.Retryable);
        Assert.Contains("workflow 'own.json': delete it and apply it again", failed.Failure.Message, StringComparison.Ordinal);
        Assert.Equal(0, bench.Pictures());
    }

    [Fact]
    public async Task Nothing_is_published_unless_asked()
    {
        await using var bench = await PipelineBench.StartAsync();
        await bench.SubmitAsync(DesignJob.Request(DesignJob.Work()));

        await bench.CompleteAsync();

        Assert.Equal(0, Assert.Single(bench.Products())["publishes"]!.GetValue<int>());
    }

    [Fact]
    public async Task AutoPublish_publishes_in_an_API_shop_and_in_a_connected_one()
    {
        await using var bench = await PipelineBench.StartAsync();
        var work = DesignJob.Work() with
        {
            AutoPublish = true,
            Platforms = [new PlatformTarget("printify", DesignJob.ApiShop), new PlatformTarget("shopify", DesignJob.ShopifyShop)],
        };
        await bench.SubmitAsync(DesignJob.Request(work));

        var result = await bench.CompleteAsync();

        Assert.Equal(["printify", "shopify"], result.Products.Select(product => product.Platform));
        Assert.All(result.Products, product => Assert.Equal("Published", product.State));
        Assert.Equal(2, bench.Products().Count);
        Assert.All(bench.Products(), product => Assert.Equal("published", product["state"]!.GetValue<string>()));
        Assert.All(bench.Products(), product => Assert.Equal(1, product["publishes"]!.GetValue<int>()));
    }

    [Fact]
    public async Task A_job_that_needs_approval_waits_with_its_pictures_and_goes_on_once_approved()
    {
        await using var bench = await PipelineBench.StartAsync();
        var request = DesignJob.Request(DesignJob.Work() with { Approval = new ApprovalPolicy { Required = true, ExpireSeconds = 60 } });
        var job = await bench.SubmitAsync(request);

        var waiting = Assert.IsType<AttemptOutcome.AwaitingApproval>(await bench.AttemptAsync());
        Assert.Equal(TimeSpan.FromSeconds(60), waiting.ExpiresAfter);
        Assert.NotNull(Assert.Single((await bench.EntriesAsync(job)).Images).Sha256);
        Assert.Empty(bench.Products());

        await bench.SubmitAsync(request with { Generation = 2, Approval = ApprovalDecision.Approved });
        await bench.CompleteAsync();

        Assert.Single(bench.Products());
        Assert.Equal(1, bench.Pictures());
    }

    [Fact]
    public async Task A_finished_attempt_that_runs_again_buys_nothing()
    {
        await using var bench = await PipelineBench.StartAsync(claude: true);
        var request = DesignJob.Request(DesignJob.Work(count: 2) with { AutoPublish = true });
        await bench.SubmitAsync(request);
        var first = await bench.CompleteAsync();
        var before = (bench.Bought("claude")["billedCalls"]!.GetValue<int>(), bench.Pictures());

        await bench.SubmitAsync(request with { Generation = 2, RetryToken = "again" });
        var second = await bench.CompleteAsync();

        Assert.Equal(first.Products.Select(product => product.ExternalId), second.Products.Select(product => product.ExternalId));
        Assert.Equal(before, (bench.Bought("claude")["billedCalls"]!.GetValue<int>(), bench.Pictures()));
        Assert.All(bench.Products(), product => Assert.Equal(1, product["publishes"]!.GetValue<int>()));
    }

    [Fact]
    public async Task Progress_ends_with_all_counts()
    {
        await using var bench = await PipelineBench.StartAsync();
        var job = await bench.SubmitAsync(DesignJob.Request(DesignJob.Work(count: 2)));

        await bench.CompleteAsync();

        var progress = (await bench.Queue.FindAsync(job, TestContext.Current.CancellationToken))!.Progress!;
        Assert.Equal(new ProgressDetail(2, 2, 2, 2), ProgressDetailJson.Read(progress.Detail));
        Assert.Equal(100, progress.Percent);
    }

    [Fact]
    public async Task A_pool_without_a_backend_for_pictures_fails_the_job_and_says_what_to_set()
    {
        var queue = new Queue.InMemory.InMemoryJobQueue(TimeProvider.System);
        using var pipeline = new PoolPipeline(
            new Shared.Pools.PoolSettings { InstallationId = Guid.NewGuid(), Namespace = "default", Pool = "default" },
            new PoolPipelineSetup
            {
                Queue = queue,
                Ledger = new Ledger.InMemory.InMemoryJobLedger(queue),
                Storage = new Storage.FileSystemStorage("unused"),
                WorkerId = "w",
                ClaudeKey = () => null,
                PrintifyKey = () => null,
            });
        using var control = new Attempts.JobControl();
        var claimed = new ClaimedJob
        {
            Lease = new JobLease(JobId.New(), 1),
            Name = "job",
            Arguments = "",
            Attempt = 1,
            MaxAttempts = 4,
            DeadlineRemaining = TimeSpan.FromHours(1),
        };

        var outcome = await pipeline.Runner.RunAsync(
            claimed, new JobSnapshot { Name = "job", Namespace = "default", Work = DesignJob.Work() }, control, TestContext.Current.CancellationToken);

        var failed = Assert.IsType<AttemptOutcome.Failed>(outcome);
        Assert.Equal(FaultCodes.ImageBackendNotConfigured, failed.Failure.Code);
        Assert.False(failed.Failure.Retryable);
        Assert.Contains("comfyUI", failed.Failure.Message, StringComparison.Ordinal);
    }
}
