using System.Text.Json.Nodes;
using PodEngine.Kit;
using PodEngine.Kit.Time;
using PodEngine.Simulators.Knobs;

namespace PodEngine.Simulators.Tests.RunPod;

public class ExpiryTests : SimulatorTest
{
    private const string Endpoint = "/runpod/v2/ep1";

    private readonly ManualTimeProvider time;

    public ExpiryTests()
        : this(new ManualTimeProvider())
    {
    }

    private ExpiryTests(ManualTimeProvider time)
        : base(new SimulatorKnobs { RunPod = new RunPodKnobs { LatencyMs = 0, ColdStartMs = 0 } }, time) => this.time = time;

    [Fact]
    public async Task Results_of_run_are_kept_half_an_hour_and_of_runsync_a_minute()
    {
        var kept = await RunAsync();
        await StatusBecomes(kept, "COMPLETED");
        var sync = (string)(await PostAsync($"{Endpoint}/runsync", Body()))["id"]!;

        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(404, (await GetAsync($"{Endpoint}/status/{sync}")).Status);
        Assert.Equal(200, (await GetAsync($"{Endpoint}/status/{kept}")).Status);
        time.Advance(TimeSpan.FromMinutes(29));
        Assert.Equal(404, (await GetAsync($"{Endpoint}/status/{kept}")).Status);
    }

    [Theory]
    [InlineData(true, 404, null)]
    [InlineData(false, 200, "TIMED_OUT")]
    public async Task A_job_past_its_ttl_is_gone_or_timed_out(bool notFound, int status, string? word)
    {
        Change(knobs => knobs with { RunPod = knobs.RunPod with { ExpiredIsNotFound = notFound } });
        Vary("runpod", "POST /v2/{endpoint}/run", "StaysRunning");
        var id = await RunAsync();
        await StatusBecomes(id, "IN_PROGRESS");

        time.Advance(TimeSpan.FromSeconds(20));

        var answer = await GetAsync($"{Endpoint}/status/{id}");
        Assert.Equal((status, word), (answer.Status, (string?)answer.Json["status"]));
    }

    [Theory]
    [InlineData("FAILED")]
    [InlineData("TIMED_OUT")]
    public async Task A_job_past_its_execution_timeout_ends_by_either_word(string word)
    {
        Change(knobs => knobs with { RunPod = knobs.RunPod with { LatencyMs = 8_000, ExecutionTimeoutStatus = word } });
        var id = await RunAsync();
        await Eventually.Holds(() => time.ArmedTimers > 0);

        time.Advance(TimeSpan.FromSeconds(5));

        await StatusBecomes(id, word);
    }

    private static JsonObject Body() => (JsonObject)JsonNode.Parse("""{"input":{},"policy":{"executionTimeout":5000,"ttl":20000}}""")!;

    private async Task<string> RunAsync() => (string)(await PostAsync($"{Endpoint}/run", Body()))["id"]!;

    private Task StatusBecomes(string id, string status) => Eventually.Holds(async () => (string?)(await GetAsync($"{Endpoint}/status/{id}")).Json["status"] == status);
}
