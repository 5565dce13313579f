using PodEngine.Kit;

namespace PodEngine.EndToEnd.Tests;

public class ApplyToProductsTests(AppliedSamplesOnCurrentServer samples) : IClassFixture<AppliedSamplesOnCurrentServer>
{
    private static readonly Dictionary<string, string> Volatile = new()
    {
        ["AGE"] = "1m",
        ["STARTED"] = "1m",
        ["FINISHED"] = "1m",
        ["WORKER"] = "worker-1",
    };

    private Scene Scene => samples.Scene;

    [Fact]
    public void Kubectl_wait_returns_once_every_job_is_complete()
    {
        Assert.All(AppliedSamples.Jobs, job => Assert.Contains($"podjob.podengine.io/{job} condition met", samples.Waited, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Kubectl_get_podjobs_shows_how_far_they_are() =>
        Golden.Matches("get-podjobs", Golden.Table(await Scene.KubectlAsync("get", "podjobs"), Volatile));

    [Fact]
    public async Task Kubectl_get_podjobs_wide_also_shows_worker_times_and_reason() =>
        Golden.Matches("get-podjobs-wide", Golden.Table(await Scene.KubectlAsync("get", "podjobs", "-o", "wide"), Volatile));

    [Fact]
    public async Task Kubectl_get_workerpools_shows_workers_and_queue()
    {
        await Scene.KubectlAsync("scale", "workerpool", "default", "--replicas=1");
        Golden.Matches("get-workerpools", Golden.Table(await Scene.KubectlAsync("get", "workerpools"), Volatile));
    }

    [Fact]
    public async Task Kubectl_describe_podjob_tells_the_whole_story()
    {
        var description = await Eventually.Returns(
            async () => await Scene.KubectlAsync("describe", "podjob", "cyber-punk") is var text && text.Contains("Completed  ", StringComparison.Ordinal) ? text : null,
            because: "the event of the end is listed");

        Golden.Matches("describe-podjob", Golden.Text(
            Golden.EventsInOrder(description, "Queued", "Completed"),
            (@"^  Managed Fields:\n(    .*\n)+", ""), // shown by kubectl before 1.21, which also aligns the lines after them by themselves
            (@"^(Namespace:\s+)\S+", "${1}default"),
            (@"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", "2026-01-01T00:00:00Z"),
            (@"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "00000000-0000-0000-0000-000000000000"),
            (@"^(\s+Resource Version:)\s+\d+", "${1}    1"),
            (@"^(\s+UID:)\s+\S+", "${1}                 00000000-0000-0000-0000-000000000000"),
            (@"^(\s+Worker:\s+)\S+", "${1}worker-1"),
            (@"^(\s+External Id:\s+)[0-9a-f]{24}", "${1}000000000000000000000000"),
            (@"^(\s+Gpu Millis:\s+)\d+", "${1}600"),
            (@"^(\s+(Id|Sha256):\s+)[0-9a-f]{12,64}", "${1}0000"),
            (@"^(  (?:Normal|Warning)\s+\S+\s+)\S+( \(x\d+ over \S+\))?(\s+)", "${1}1m$3"),
            (@"(?<=^  (Type|----|Normal|Warning).*\S) {2,}", "  ")));
    }

    [Fact]
    public async Task Kubectl_explain_documents_the_design()
    {
        var explanation = await Eventually.Returns(
            async () => await Scene.Namespace.KubectlAsync(["explain", "podjob.spec.design"]) is { ExitCode: 0 } answer ? answer.StandardOutput : null,
            TimeSpan.FromMinutes(3),
            "the API server aggregates the schema");

        Golden.Matches("explain-design", explanation);
    }

    [Fact]
    public async Task Kubectl_scale_moves_the_deployment()
    {
        await Scene.KubectlAsync("scale", "workerpool", "default", "--replicas=3");

        await Eventually.Holds(async () => (int?)(await Scene.GetAsync("deployment", "default-workers"))["spec"]!["replicas"] == 3);
        await Eventually.Holds(async () => (int?)(await Scene.GetAsync("workerpool", "default"))["status"]!["desiredReplicas"] == 3);
        await Scene.KubectlAsync("scale", "workerpool", "default", "--replicas=1");
        await Eventually.Holds(async () => (int?)(await Scene.GetAsync("deployment", "default-workers"))["spec"]!["replicas"] == 1);
    }

    [Fact]
    public async Task The_products_stand_in_the_shops_and_only_the_asked_for_ones_are_published()
    {
        var products = (await Scene.PurchasesAsync())["printify"]!["products"]!.AsArray();

        // cyber-punk: 2 designs × tshirt, hoodie; mountain-poster: 2 × poster; coffee-mug: mug and tshirt, published.
        Assert.Equal(8, products.Count);
        Assert.Equal(2, products.Count(product => (int)product!["publishes"]! > 0));
        Assert.All(products, product => Assert.InRange((int)product!["publishes"]!, 0, 1));
    }

    [Fact]
    public async Task A_second_apply_changes_nothing_and_buys_nothing()
    {
        var before = await Scene.KubectlAsync("get", "podjobs", "-o", "jsonpath={.items[*].metadata.resourceVersion}");
        var bought = (await Scene.PurchasesAsync()).ToJsonString();

        var applied = await Scene.ApplyAsync(Scene.Samples());

        Assert.All(applied.TrimEnd().Split('\n'), line => Assert.EndsWith("unchanged", line, StringComparison.Ordinal));
        await Scene.KubectlAsync("annotate", "workerpool", "default", "podengine.io/looked-at=yes", "--overwrite");
        await Eventually.Holds(async () => await Scene.KubectlAsync("get", "podjobs", "-o", "jsonpath={.items[*].metadata.resourceVersion}") == before);
        Assert.Equal(bought, (await Scene.PurchasesAsync()).ToJsonString());
    }
}

public class ApplyToProductsOnOldServerTests(AppliedSamplesOnOldServer samples) : IClassFixture<AppliedSamplesOnOldServer>
{
    [Fact]
    public async Task An_api_server_of_1_20_serves_the_tour_as_well()
    {
        var phases = await samples.Scene.KubectlAsync("get", "podjobs", "-o", "jsonpath={.items[*].status.phase}");

        Assert.Equal("Completed Completed Completed", phases);
    }
}
