using System.Text.Json.Nodes;
using PodEngine.Simulators.Faults;

namespace PodEngine.Simulators.Tests.Claude;

public class MessageTests : SimulatorTest
{
    private const string Messages = "/claude/v1/messages";

    [Fact]
    public async Task Structured_output_fits_the_schema_and_has_as_many_items_as_asked()
    {
        var answer = await PostAsync(Messages, MessageBodies.Designs());

        Assert.Equal(200, answer.Status);
        Assert.Equal("end_turn", (string?)answer["stop_reason"]);
        var designs = Designs(answer);
        Assert.Equal(3, designs.Count);
        Assert.Equal(3, designs.Select(design => (string)design!["title"]!).Distinct().Count());
        Assert.All(designs, design =>
        {
            Assert.Contains("illustration", (string?)design!["prompt"]);
            Assert.True((string?)design["mood"] is "calm" or "loud");
            Assert.Equal(5, design["tags"]!.AsArray().Count);
            Assert.True((int)design["score"]! > 0);
        });
    }

    [Fact]
    public async Task The_same_request_gets_the_same_designs_and_is_billed_twice()
    {
        var first = await PostAsync(Messages, MessageBodies.Designs());
        var second = await PostAsync(Messages, MessageBodies.Designs());

        Assert.Equal(Designs(first).ToJsonString(), Designs(second).ToJsonString());
        var ledger = Host.ReadLedger()["claude"]!;
        Assert.Equal(2, (int)ledger["billedCalls"]!);
        Assert.Equal((int)first["usage"]!["output_tokens"]! * 2, (int)ledger["outputTokens"]!);
        Assert.Equal("authorization", (string?)ledger["calls"]![0]!["authHeader"]);
    }

    [Theory]
    [InlineData("anthropic-version", null, 400, "invalid_request_error")]
    [InlineData("anthropic-version", "2020-01-01", 400, "invalid_request_error")]
    [InlineData("Authorization", null, 401, "authentication_error")]
    public async Task A_call_without_version_or_key_is_refused_in_claudes_error_shape(string header, string? value, int status, string type)
    {
        using var client = NewClient();
        client.DefaultRequestHeaders.Remove(header);
        if (value is not null)
        {
            client.DefaultRequestHeaders.Add(header, value);
        }

        var answer = await SendAsync(HttpMethod.Post, Messages, MessageBodies.Plain(), client);

        Assert.Equal(status, answer.Status);
        Assert.Equal("error", (string?)answer["type"]);
        Assert.Equal(type, (string?)answer["error"]!["type"]);
        Assert.Equal(answer.Headers["request-id"], (string?)answer["request_id"]);
        Assert.Equal(0, (int)Host.ReadLedger()["claude"]!["billedCalls"]!);
    }

    [Theory]
    [InlineData("temperature", "1")]
    [InlineData("top_p", "0.9")]
    [InlineData("max_tokens", "0")]
    [InlineData("messages", "[]")]
    [InlineData("messages", """[{"role":"assistant","content":"x"}]""")]
    [InlineData("model", "\"\"")]
    [InlineData("output_config", """{"format":{"type":"json_schema","schema":{"type":"object","properties":{}}}}""")]
    [InlineData("output_config", """{"format":{"type":"json_schema","schema":{"type":"string","maxLength":3}}}""")]
    [InlineData("thinking", """{"type":"enabled","budget_tokens":1000}""")]
    [InlineData("tool_choice", """{"type":"any"}""")]
    public async Task A_body_against_the_rules_is_400(string member, string value)
    {
        var body = MessageBodies.Plain();
        body[member] = JsonNode.Parse(value);

        var answer = await PostAsync(Messages, body);

        Assert.Equal(400, answer.Status);
        Assert.Contains(member, (string?)answer["error"]!["message"]);
    }

    [Fact]
    public async Task Sampling_parameters_pass_with_the_older_version()
    {
        using var client = NewClient();
        client.DefaultRequestHeaders.Remove("anthropic-version");
        client.DefaultRequestHeaders.Add("anthropic-version", "2023-06-01");
        var body = MessageBodies.Plain();
        body["temperature"] = 1;

        Assert.Equal(200, (await SendAsync(HttpMethod.Post, Messages, body, client)).Status);
    }

    [Fact]
    public async Task An_unknown_model_and_an_unknown_path_are_404_and_a_get_is_405()
    {
        var body = MessageBodies.Plain();
        body["model"] = "claude-opus-4-1";

        Assert.Equal("not_found_error", (string?)(await PostAsync(Messages, body))["error"]!["type"]);
        Assert.Equal(404, (await PostAsync("/claude/v1/message", body)).Status);
        Assert.Equal(405, (await GetAsync(Messages)).Status);
    }

    [Theory]
    [InlineData("Thinking", "end_turn", "thinking")]
    [InlineData("Refusal", "refusal", "text")]
    [InlineData("MaxTokens", "max_tokens", "text")]
    [InlineData("ToolUse", "tool_use", "tool_use")]
    [InlineData("UnknownMembers", "end_turn", "text")]
    public async Task Variants_change_stop_reason_and_blocks(string variant, string stopReason, string firstBlock)
    {
        Vary("claude", "POST /v1/messages", variant);

        var answer = await PostAsync(Messages, MessageBodies.Designs());

        Assert.Equal(200, answer.Status);
        Assert.Equal(stopReason, (string?)answer["stop_reason"]);
        Assert.Equal(firstBlock, (string?)answer["content"]![0]!["type"]);
        Assert.Equal("end_turn", (string?)(await PostAsync(Messages, MessageBodies.Designs()))["stop_reason"]);
    }

    [Fact]
    public async Task Cut_json_does_not_parse_and_a_small_max_tokens_cuts_by_itself()
    {
        var answer = await PostAsync(Messages, MessageBodies.Designs(maxTokens: 20));

        Assert.Equal("max_tokens", (string?)answer["stop_reason"]);
        Assert.ThrowsAny<System.Text.Json.JsonException>(() => Designs(answer));
    }

    [Fact]
    public async Task Fewer_items_than_asked_can_come_back()
    {
        Vary("claude", "", "FewerItems");

        Assert.Equal(2, Designs(await PostAsync(Messages, MessageBodies.Designs())).Count);
    }

    [Fact]
    public async Task The_spend_limit_is_429_without_retry_after_and_the_rate_limit_has_it()
    {
        Vary("claude", "", "SpendLimit");
        var spend = await PostAsync(Messages, MessageBodies.Plain());
        Change(knobs => knobs with { Claude = knobs.Claude with { RequestsPerMinute = 1 } });
        var limited = await PostAsync(Messages, MessageBodies.Plain());

        Assert.Equal((429, false), (spend.Status, spend.Headers.ContainsKey("retry-after")));
        Assert.Equal("enforced_spend_limit_reached", (string?)spend["error"]!["details"]!["error_code"]);
        Assert.Equal((429, "1"), (limited.Status, limited.Headers["retry-after"]));
        Assert.Equal("rate_limit_error", (string?)limited["error"]!["type"]);
    }

    [Theory]
    [InlineData(500, "api_error")]
    [InlineData(504, "timeout_error")]
    [InlineData(529, "overloaded_error")]
    public async Task Server_faults_have_their_types(int status, string type)
    {
        Script("claude", "POST /v1/messages", FaultKind.Status, fault => fault.Status = status);

        var answer = await PostAsync(Messages, MessageBodies.Plain());

        Assert.Equal((status, type), (answer.Status, (string?)answer["error"]!["type"]));
        Assert.False(answer.Headers.ContainsKey("retry-after"));
    }

    [Fact]
    public async Task A_stream_brings_the_same_json_in_pieces()
    {
        var body = MessageBodies.Designs();
        body["stream"] = true;

        var answer = await PostAsync(Messages, body);

        Assert.Equal("text/event-stream", answer.ContentType);
        var events = answer.Text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
            .Select(part => JsonNode.Parse(part[(part.IndexOf("data: ", StringComparison.Ordinal) + 6)..])!).ToList();
        Assert.Equal("message_start", (string?)events[0]["type"]);
        Assert.Equal("message_stop", (string?)events[^1]["type"]);
        var text = string.Concat(events.Where(part => (string?)part["type"] == "content_block_delta").Select(part => (string?)part["delta"]!["text"]));
        Assert.Equal(3, JsonNode.Parse(text)!["designs"]!.AsArray().Count);
    }

    private static JsonArray Designs(Answer answer) => JsonNode.Parse((string)answer["content"]![0]!["text"]!)!["designs"]!.AsArray();
}
