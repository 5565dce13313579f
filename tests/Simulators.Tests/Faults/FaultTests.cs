using System.Diagnostics;
using System.Text.Json.Nodes;
using PodEngine.Simulators.Faults;
using PodEngine.Simulators.Knobs;

namespace PodEngine.Simulators.Tests.Faults;

public class FaultTests : SimulatorTest
{
    private const string Shops = "/printify/v1/shops.json";
    private const string Uploads = "/printify/v1/uploads/images.json";

    [Fact]
    public async Task A_dropped_connection_leaves_nothing_behind()
    {
        Script("printify", "POST /v1/uploads/images.json", FaultKind.Drop);

        await Assert.ThrowsAsync<HttpRequestException>(() => PostAsync(Uploads, Printify.PrintifyBodies.Upload()));

        Assert.Equal(0, UploadCount);
    }

    [Fact]
    public async Task A_lost_answer_leaves_its_effect_and_happens_once()
    {
        Script("printify", "POST /v1/uploads/images.json", FaultKind.DropAfterEffect);

        await Assert.ThrowsAsync<HttpRequestException>(() => PostAsync(Uploads, Printify.PrintifyBodies.Upload()));
        Assert.Equal(1, UploadCount);

        Assert.Equal(200, (await PostAsync(Uploads, Printify.PrintifyBodies.Upload())).Status);
        Assert.Equal(2, UploadCount);
    }

    [Fact]
    public async Task A_truncated_answer_breaks_off_after_its_effect()
    {
        Script("printify", "", FaultKind.Truncate);

        await Assert.ThrowsAsync<HttpRequestException>(() => PostAsync(Uploads, Printify.PrintifyBodies.Upload()));

        Assert.Equal(1, UploadCount);
    }

    [Fact]
    public async Task A_status_can_come_after_the_effect_with_headers_and_body_of_ones_own()
    {
        Script("printify", "", FaultKind.Status, fault =>
        {
            (fault.Status, fault.AfterEffect, fault.Body, fault.ContentType, fault.RetryAfter) = (502, true, "<h1>bad gateway</h1>", "text/html", "7");
            fault.Headers["x-more"] = "1";
        });

        var answer = await PostAsync(Uploads, Printify.PrintifyBodies.Upload());

        Assert.Equal((502, "text/html", "<h1>bad gateway</h1>", "7", "1"),
            (answer.Status, answer.ContentType, answer.Text, answer.Headers["retry-after"], answer.Headers["x-more"]));
        Assert.Equal(1, UploadCount);
    }

    [Fact]
    public async Task Garbage_is_not_json_and_a_wrong_content_type_is_html()
    {
        Script("printify", "", FaultKind.Garbage);
        Script("printify", "", FaultKind.WrongContentType);

        var garbage = await GetAsync(Shops);
        var wrong = await GetAsync(Shops);

        Assert.Equal((200, "application/json"), (garbage.Status, garbage.ContentType));
        Assert.ThrowsAny<System.Text.Json.JsonException>(() => garbage.Json);
        Assert.Equal("text/html", wrong.ContentType);
        Assert.Equal(4, wrong.Json.AsArray().Count);
    }

    [Fact]
    public async Task A_slow_answer_comes_late_and_a_hanging_one_ends_with_the_caller()
    {
        Script("printify", "", FaultKind.Slow, fault => fault.DelayMs = 120);
        Script("printify", "", FaultKind.Hang);
        var watch = Stopwatch.StartNew();

        Assert.Equal(200, (await GetAsync(Shops)).Status);
        Assert.InRange(watch.ElapsedMilliseconds, 110, 10_000);
        using var impatient = NewClient();
        impatient.Timeout = TimeSpan.FromMilliseconds(100);
        await Assert.ThrowsAsync<TaskCanceledException>(() => SendAsync(HttpMethod.Get, Shops, client: impatient));
    }

    [Fact]
    public async Task A_fault_waits_for_its_route_and_its_turn()
    {
        Script("printify", "POST /v1/shops/{shop}/products.json", FaultKind.Status);
        Script("printify", "GET /v1/shops.json", FaultKind.Status, fault => (fault.Status, fault.AfterCount, fault.Times) = (503, 1, 2));

        var statuses = new List<int>();
        for (var i = 0; i < 4; i++)
        {
            statuses.Add((await GetAsync(Shops)).Status);
        }

        Assert.Equal([200, 503, 503, 200], statuses);
        Assert.Equal(500, (await PostAsync("/printify/v1/shops/1001/products.json", new JsonObject())).Status);
    }

    [Fact]
    public async Task Random_faults_follow_the_seed()
    {
        var first = await DrawAsync(5);
        var again = await DrawAsync(5);
        var other = await DrawAsync(6);

        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
        Assert.InRange(first.Count(status => status == 500), 5, 25);
    }

    [Fact]
    public async Task Faults_and_knobs_are_set_over_http_and_mistakes_are_named()
    {
        var added = await PostAsync("/simulator/printify/faults", JsonNode.Parse(
            """[{"route":"GET /v1/shops.json","kind":"status","status":429,"retryAfter":"2","times":1,"afterCount":0}]"""));
        Assert.Equal(200, added.Status);
        Assert.Single(added.Json.AsArray());
        var limited = await GetAsync(Shops);
        Assert.Equal((429, "2"), (limited.Status, limited.Headers["retry-after"]));
        Assert.Empty((await GetAsync("/simulator/printify/faults")).Json.AsArray());

        var changed = await SendAsync(HttpMethod.Patch, "/simulator/knobs", JsonNode.Parse("""{"printify":{"newestFirst":false},"comfyui":{"build":"Old"}}"""));
        Assert.False((bool)changed["printify"]!["newestFirst"]!);
        Assert.Equal("Old", (string?)changed["comfyui"]!["build"]);
        Assert.Equal(0, (int)changed["claude"]!["latencyMs"]!);

        Assert.Equal(400, (await SendAsync(HttpMethod.Patch, "/simulator/knobs", JsonNode.Parse("""{"printify":{"nwestFirst":false}}"""))).Status);
        var unknown = await PostAsync("/simulator/claude/faults", JsonNode.Parse("""{"kind":"variant","variant":"Sulk"}"""));
        Assert.Equal(400, unknown.Status);
        Assert.Contains("Refusal", (string?)unknown["error"]);

        var replaced = await SendAsync(HttpMethod.Put, "/simulator/knobs", new JsonObject());
        Assert.True((bool)replaced["printify"]!["newestFirst"]!);
        Assert.Equal(50, (int)replaced["claude"]!["latencyMs"]!);
    }

    [Fact]
    public async Task A_reset_forgets_everything_and_the_ledger_says_so()
    {
        await PostAsync(Uploads, Printify.PrintifyBodies.Upload());
        Script("printify", "", FaultKind.Drop);
        Change(knobs => knobs with { Printify = knobs.Printify with { Token = "other" } });

        await PostAsync("/simulator/reset");

        Assert.Equal(200, (await GetAsync(Shops)).Status);
        Assert.Equal(0, (int)(await GetAsync("/simulator/ledger"))["printify"]!["uploadCount"]!);
    }

    private int UploadCount => (int)Host.ReadLedger()["printify"]!["uploadCount"]!;

    private async Task<List<int>> DrawAsync(int seed)
    {
        Host.Reset();
        Change(knobs => knobs with { FaultSeed = seed, Printify = knobs.Printify with { Random = new RandomFaults { ErrorRate = 0.5 } } });
        var statuses = new List<int>();
        for (var i = 0; i < 30; i++)
        {
            statuses.Add((await GetAsync(Shops)).Status);
        }

        return statuses;
    }
}
