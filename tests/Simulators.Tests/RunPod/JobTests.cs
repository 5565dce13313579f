using System.Text.Json.Nodes;
using PodEngine.Kit;
using PodEngine.Simulators.RunPod;
using PodEngine.Simulators.Tests.ComfyUI;
using PodEngine.Simulators.Tests.Pictures;

namespace PodEngine.Simulators.Tests.RunPod;

public class JobTests : SimulatorTest
{
    private const string Endpoint = "/runpod/v2/ep1";

    [Fact]
    public async Task A_job_goes_from_queue_to_completed_with_times_and_output()
    {
        var submitted = await PostAsync($"{Endpoint}/run", Body(new JsonObject { ["a"] = 1 }));

        Assert.Equal("IN_QUEUE", (string?)submitted["status"]);
        Assert.EndsWith("-u1", (string?)submitted["id"]);
        var ended = await EndOf((string)submitted["id"]!);
        Assert.Equal("COMPLETED", (string?)ended["status"]);
        Assert.Equal(1, (int)ended["output"]!["echo"]!["a"]!);
        Assert.NotNull(ended["delayTime"]);
        Assert.NotNull(ended["executionTime"]);
        var ledger = Host.ReadLedger()["runpod"]!;
        Assert.Equal((1, 1), ((int)ledger["submittedJobs"]!, (int)ledger["billedJobs"]!));
    }

    [Fact]
    public async Task Worker_comfyui_draws_pictures_as_base64_or_behind_an_address()
    {
        var inline = (await PostAsync($"{Endpoint}/runsync", Body(new JsonObject { ["workflow"] = Workflows.Sdxl(batch: 2) })))["output"]!["images"]!;
        Change(knobs => knobs with { RunPod = knobs.RunPod with { PicturesAsUrls = true } });
        var linked = (await PostAsync($"{Endpoint}/runsync", Body(new JsonObject { ["workflow"] = Workflows.Sdxl() })))["output"]!["images"]![0]!;

        Assert.Equal(2, inline.AsArray().Count);
        Assert.Equal(("base64", "fox_00001_.png"), ((string?)inline[0]!["type"], (string?)inline[0]!["filename"]));
        var bytes = Convert.FromBase64String((string)inline[0]!["data"]!);
        Assert.Equal(96, PngCheck.Read(bytes).Width);
        Assert.Equal("s3_url", (string?)linked["type"]);
        Assert.Equal(bytes, await Http.GetByteArrayAsync(new Uri((string)linked["data"]!), Cancel));
    }

    [Theory]
    [InlineData("{}", "workflow")]
    [InlineData("\"not json\"", "JSON")]
    [InlineData("""{"workflow":{},"images":[{"name":"x"}]}""", "images")]
    [InlineData("""{"workflow":{"1":{"class_type":"Nope","inputs":{}}}}""", "not found")]
    public async Task Worker_comfyui_refuses_as_failed_with_an_error(string input, string error)
    {
        Change(knobs => knobs with { RunPod = knobs.RunPod with { Handler = RunPodHandler.ComfyUI } });

        var ended = await PostAsync($"{Endpoint}/runsync", Body(JsonNode.Parse(input)!));

        Assert.Equal("FAILED", (string?)ended["status"]);
        Assert.Contains(error, (string?)ended["error"]);
    }

    [Theory]
    [InlineData("Fails", "FAILED")]
    [InlineData("Throws", "FAILED")]
    [InlineData("TimesOut", "TIMED_OUT")]
    [InlineData("OmitsOutput", "COMPLETED")]
    public async Task Variants_end_a_job_in_each_state(string variant, string status)
    {
        Vary("runpod", "POST /v2/{endpoint}/run", variant);

        var ended = await EndOf(await RunAsync());

        Assert.Equal(status, (string?)ended["status"]);
        Assert.Equal(variant == "Fails", ended["output"]?["details"] is not null);
        if (variant == "Throws")
        {
            Assert.NotNull(JsonNode.Parse((string)ended["error"]!)!["error_message"]);
        }
    }

    [Fact]
    public async Task A_lost_job_is_404_and_a_vanished_worker_puts_it_back_once()
    {
        Vary("runpod", "POST /v2/{endpoint}/run", "Lost");
        Assert.Equal(404, (await GetAsync($"{Endpoint}/status/{await RunAsync()}")).Status);
        Vary("runpod", "POST /v2/{endpoint}/run", "WorkerVanishes");

        var ended = await EndOf(await RunAsync());

        Assert.Equal(("FAILED", 1), ((string?)ended["status"], (int)ended["retries"]!));
    }

    [Theory]
    [InlineData("StaysQueued", "IN_QUEUE")]
    [InlineData("StaysRunning", "IN_PROGRESS")]
    public async Task A_job_can_be_cancelled_while_queued_or_running(string variant, string status)
    {
        Vary("runpod", "POST /v2/{endpoint}/run", variant);
        var id = await RunAsync();
        await Eventually.Holds(async () => (string?)(await GetAsync($"{Endpoint}/status/{id}"))["status"] == status);

        Assert.Equal("CANCELLED", (string?)(await PostAsync($"{Endpoint}/cancel/{id}"))["status"]);
        Assert.Equal("CANCELLED", (string?)(await GetAsync($"{Endpoint}/status/{id}"))["status"]);
    }

    [Fact]
    public async Task Failed_jobs_can_be_retried_under_their_id_and_others_not()
    {
        Vary("runpod", "POST /v2/{endpoint}/run", "Fails");
        var id = await RunAsync();
        await EndOf(id);

        Assert.Equal("IN_QUEUE", (string?)(await PostAsync($"{Endpoint}/retry/{id}"))["status"]);
        Assert.Equal("COMPLETED", (string?)(await EndOf(id))["status"]);
        Assert.Equal(400, (await PostAsync($"{Endpoint}/retry/{id}")).Status);
    }

    [Fact]
    public async Task Without_workers_jobs_wait_are_counted_by_health_and_can_be_purged()
    {
        Change(knobs => knobs with { RunPod = knobs.RunPod with { MaxWorkers = 0 } });
        var id = await RunAsync();
        await RunAsync();

        var health = await GetAsync($"{Endpoint}/health");
        Assert.Equal(2, (int)health["jobs"]!["inQueue"]!);
        Assert.Equal(0, (int)health["workers"]!["throttled"]!);
        var purged = await PostAsync($"{Endpoint}/purge-queue");
        Assert.Equal((2, "completed"), ((int)purged["removed"]!, (string?)purged["status"]));
        Assert.Equal(404, (await GetAsync($"{Endpoint}/status/{id}")).Status);
    }

    [Theory]
    [InlineData("""{"webhook":"x"}""", 400)]
    [InlineData("[]", 400)]
    [InlineData("""{"input":{},"policy":{"executionTimeout":10}}""", 400)]
    [InlineData("""{"input":{},"policy":{"ttl":10}}""", 400)]
    public async Task A_bad_envelope_is_400(string body, int status)
    {
        var answer = await PostAsync($"{Endpoint}/run", JsonNode.Parse(body));

        Assert.Equal(status, answer.Status);
        Assert.NotNull((string?)answer["error"]);
    }

    [Fact]
    public async Task Key_endpoint_and_rate_are_checked_and_errors_can_be_plain_text()
    {
        Change(knobs => knobs with { RunPod = knobs.RunPod with { Endpoints = ["ep1"], PlainTextErrors = true, RateLimitScale = 0.001, ApiKey = "key" } });

        Assert.Equal(404, (await GetAsync("/runpod/v2/other/health")).Status);
        Assert.Equal(200, (await PostAsync($"{Endpoint}/run", Body(new JsonObject()))).Status);
        var limited = await PostAsync($"{Endpoint}/run", Body(new JsonObject()));
        Assert.Equal((429, "text/plain"), (limited.Status, limited.ContentType));
        Change(knobs => knobs with { RunPod = knobs.RunPod with { ApiKey = "else" } });
        Assert.Equal(401, (await GetAsync($"{Endpoint}/health")).Status);
    }

    [Fact]
    public async Task An_output_over_the_limit_is_dropped_and_stream_has_both_forms()
    {
        var id = await RunAsync();
        await EndOf(id);
        Assert.Single((await GetAsync($"{Endpoint}/stream/{id}"))["stream"]!.AsArray());
        Change(knobs => knobs with { RunPod = knobs.RunPod with { StreamIsArray = true } });
        Assert.Single((await GetAsync($"{Endpoint}/stream/{id}")).Json.AsArray());
        Change(knobs => knobs with { RunPod = knobs.RunPod with { MaxOutputBytes = 3 } });

        var status = await GetAsync($"{Endpoint}/status/{id}");

        Assert.Equal(("COMPLETED", null), ((string?)status["status"], status["output"]));
    }

    private static JsonObject Body(JsonNode input) => new() { ["input"] = input };

    private async Task<string> RunAsync() => (string)(await PostAsync($"{Endpoint}/run", Body(new JsonObject { ["x"] = 1 })))["id"]!;

    private Task<Answer> EndOf(string id) => Eventually.Returns(async () =>
    {
        var answer = await GetAsync($"{Endpoint}/status/{id}");
        return (string?)answer["status"] is "COMPLETED" or "FAILED" or "CANCELLED" or "TIMED_OUT" ? answer : null;
    });
}
