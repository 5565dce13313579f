using System.Text.Json.Nodes;
using PodEngine.Providers.Claude;
using PodEngine.Providers.Http;
using PodEngine.Shared.Faults;
using PodEngine.Simulators.Claude;
using PodEngine.Simulators.Faults;

namespace PodEngine.Providers.Tests.Claude;

public sealed class ClaudeClientTests : IAsyncLifetime
{
    private const string Route = "POST /v1/messages";

    private static readonly ClaudeQuestion Question = new()
    {
        System = "You write prompts.",
        User = "Write 2 designs.",
        JsonSchema = (JsonObject)JsonNode.Parse("""
            {
              "type": "object", "additionalProperties": false, "required": ["designs"],
              "properties": { "designs": { "type": "array", "items": {
                "type": "object", "additionalProperties": false, "required": ["title"], "properties": { "title": { "type": "string" } } } } }
            }
            """)!,
    };

    private Simulated _simulated = null!;

    private static CancellationToken Cancelled => Simulated.Cancelled;

    public async ValueTask InitializeAsync() => _simulated = await Simulated.StartAsync();

    public ValueTask DisposeAsync() => _simulated.DisposeAsync();

    [Fact]
    public async Task A_question_is_answered_with_JSON_of_its_schema_and_with_its_cost()
    {
        var answer = await _simulated.Claude().AskForJsonAsync(Question, Cancelled);

        Assert.NotEmpty(answer.Json.GetProperty("designs").EnumerateArray());
        var billed = _simulated.Ledger("claude")["calls"]![0]!;
        Assert.Equal((billed["inputTokens"]!.ToJsonString(), billed["outputTokens"]!.ToJsonString()), ($"{answer.InputTokens}", $"{answer.OutputTokens}"));
        Assert.Equal((answer.InputTokens * 2) + (answer.OutputTokens * 10), answer.UsdMicros);
        Assert.Equal(("claude-sonnet-5-5", true), (answer.Model, answer.PriceKnown));
        Assert.StartsWith("req_", answer.RequestId, StringComparison.Ordinal);
        // Which of the two headers that are accepted the SDK uses since its version 13.
        Assert.Equal("authorization", billed["authHeader"]!.GetValue<string>());
        Assert.Equal("2026-10-21", billed["version"]!.GetValue<string>());
    }

    [Theory]
    [InlineData(ClaudeVariant.Thinking)]
    [InlineData(ClaudeVariant.UnknownMembers)]
    public async Task Text_is_found_wherever_it_stands_and_unknown_members_do_no_harm(ClaudeVariant variant)
    {
        Variant(variant);

        var answer = await _simulated.Claude().AskForJsonAsync(Question, Cancelled);

        Assert.NotEmpty(answer.Json.GetProperty("designs").EnumerateArray());
    }

    [Fact]
    public async Task A_refusal_is_permanent_and_paid_for()
    {
        Variant(ClaudeVariant.Refusal);

        var refused = await FailsAsync();

        Assert.Equal((FaultCodes.PromptRefused, FaultClass.Input, false, Spend.Made), (refused.Fault.Code, refused.Fault.Class, refused.Fault.Retryable, refused.Spend));
        Assert.True(refused.SpentUsdMicros > 0);
        Assert.NotNull(refused.CorrelationId);
    }

    [Theory]
    [InlineData(ClaudeVariant.MaxTokens, "max_tokens")]
    [InlineData(ClaudeVariant.Prose, "end_turn")]
    [InlineData(ClaudeVariant.Empty, "end_turn")]
    [InlineData(ClaudeVariant.ToolUse, "tool_use")]
    public async Task An_answer_that_is_not_the_JSON_asked_for_is_paid_for_and_never_taken_for_artwork(ClaudeVariant variant, string stopReason)
    {
        Variant(variant);

        var useless = await FailsAsync();

        Assert.Equal((FaultCodes.ProviderAnswerInvalid, true, Spend.Made, stopReason), (useless.Fault.Code, useless.Fault.Retryable, useless.Spend, useless.ProviderCode));
    }

    [Theory]
    [InlineData(400, FaultCodes.ProviderRejected, FaultClass.Provider, false, Spend.None)]
    [InlineData(401, FaultCodes.ProviderUnauthorized, FaultClass.Configuration, false, Spend.None)]
    [InlineData(402, FaultCodes.ProviderRejected, FaultClass.Configuration, false, Spend.None)]
    [InlineData(403, FaultCodes.ProviderUnauthorized, FaultClass.Configuration, false, Spend.None)]
    [InlineData(404, FaultCodes.ProviderRejected, FaultClass.Configuration, false, Spend.None)]
    [InlineData(409, FaultCodes.ProviderRejected, FaultClass.Provider, true, Spend.None)]
    [InlineData(413, FaultCodes.ProviderRejected, FaultClass.Input, false, Spend.None)]
    [InlineData(429, FaultCodes.ProviderRateLimited, FaultClass.Provider, true, Spend.None)]
    [InlineData(500, FaultCodes.ProviderUnavailable, FaultClass.Provider, true, Spend.Unknown)]
    [InlineData(504, FaultCodes.ProviderUnavailable, FaultClass.Provider, true, Spend.Unknown)]
    [InlineData(529, FaultCodes.ProviderUnavailable, FaultClass.Provider, true, Spend.None)]
    public async Task Every_documented_error_says_whose_fault_it_is_and_whether_to_ask_again(int status, string code, FaultClass faultClass, bool retryable, Spend spend)
    {
        _simulated.Fault("claude", Route, FaultKind.Status, fault => fault.Status = status);

        var failed = await FailsAsync(Simulated.Limits with { Retries = 0 });

        Assert.Equal((code, faultClass, retryable, spend), (failed.Fault.Code, failed.Fault.Class, failed.Fault.Retryable, failed.Spend));
        Assert.Equal(status, failed.StatusCode);
        Assert.Equal(status == 413, failed.ProviderCode == "request_too_large");
        Assert.StartsWith("req_", failed.CorrelationId, StringComparison.Ordinal);
        Assert.Contains($"simulated answer {status}", failed.Fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_overloaded_service_is_asked_again_and_billed_once()
    {
        _simulated.Fault("claude", Route, FaultKind.Status, fault => (fault.Status, fault.Times) = (529, 2));

        await _simulated.Claude().AskForJsonAsync(Question, Cancelled);

        Assert.Equal(1, Billed());
    }

    [Fact]
    public async Task A_long_Retry_After_is_handed_to_the_caller()
    {
        _simulated.Fault("claude", Route, FaultKind.Status, fault => (fault.Status, fault.RetryAfter, fault.Times) = (429, "120", -1));

        var limited = await FailsAsync();

        Assert.Equal((FaultCodes.ProviderRateLimited, TimeSpan.FromSeconds(120), false), (limited.Fault.Code, limited.RetryAfter!.Value, limited.IsOutage));
    }

    [Fact]
    public async Task A_spend_limit_of_the_account_is_not_hammered()
    {
        Variant(ClaudeVariant.SpendLimit);

        var limited = await FailsAsync();

        Assert.Equal((FaultClass.Configuration, false, "enforced_spend_limit_reached"), (limited.Fault.Class, limited.Fault.Retryable, limited.ProviderCode));
    }

    [Theory]
    [InlineData(FaultKind.Drop, 0)]
    [InlineData(FaultKind.DropAfterEffect, 1)]
    [InlineData(FaultKind.Truncate, 1)]
    [InlineData(FaultKind.Garbage, 0)]
    public async Task A_lost_answer_may_have_been_billed_and_is_not_asked_for_again_here(FaultKind kind, int billed)
    {
        _simulated.Fault("claude", Route, kind);

        var lost = await FailsAsync();

        Assert.Equal((true, Spend.Unknown), (lost.Fault.Retryable, lost.Spend));
        Assert.Equal(billed, Billed());
    }

    [Fact]
    public async Task A_service_that_hangs_is_given_up()
    {
        _simulated.Fault("claude", Route, FaultKind.Hang);

        var late = await FailsAsync(Simulated.Impatient);

        Assert.Equal((FaultCodes.ProviderUnavailable, true, Spend.Unknown), (late.Fault.Code, late.Fault.Retryable, late.Spend));
    }

    [Fact]
    public async Task A_service_nobody_answers_at_has_billed_nothing()
    {
        using var client = new ClaudeClient(
            new() { Key = ProviderKey.Of(Simulated.Key), BaseUrl = new("http://127.0.0.1:9"), Limits = Simulated.Limits with { Retries = 1 } }, new());

        var away = await Assert.ThrowsAsync<ProviderException>(() => client.AskForJsonAsync(Question, Cancelled));

        Assert.Equal((FaultCodes.ProviderUnavailable, true, Spend.None), (away.Fault.Code, away.Fault.Retryable, away.Spend));
    }

    [Fact]
    public async Task The_key_shows_neither_when_it_is_refused_nor_when_the_service_repeats_it()
    {
        const string wrong = "wrong-key-987654";
        var refused = await Assert.ThrowsAsync<ProviderException>(() => _simulated.Claude(key: wrong).AskForJsonAsync(Question, Cancelled));
        _simulated.Fault("claude", Route, FaultKind.Status, fault => (fault.Status, fault.Body) = (400, $$$"""{"type":"error","error":{"type":"invalid_request_error","message":"{{{wrong}}} is bad"}}"""));
        var repeated = await Assert.ThrowsAsync<ProviderException>(() => _simulated.Claude(key: wrong).AskForJsonAsync(Question, Cancelled));

        Assert.Equal(FaultCodes.ProviderUnauthorized, refused.Fault.Code);
        Assert.Contains("*** is bad", repeated.Fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(wrong, refused + repeated.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_key_nothing_is_sent()
    {
        var missing = await Assert.ThrowsAsync<ProviderException>(() => _simulated.Claude(key: " ").AskForJsonAsync(Question, Cancelled));

        Assert.Equal((FaultCodes.ProviderUnauthorized, Spend.None), (missing.Fault.Code, missing.Spend));
        Assert.Contains("CLAUDE_API_KEY", missing.Fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("claude-sonnet-5-5", 1000, 100, 3000L)]
    [InlineData("claude-opus-5-5-20261101", 10, 1, 60L)]
    [InlineData("claude-haiku-5-5", 100_000, 0, 10_000L)]
    [InlineData("claude-haiku-5-5", 100_001, 0, 50_001L)]
    [InlineData("claude-fable-5-2", 1000, 100, null)]
    public void Costs_follow_the_price_list_and_an_unlisted_model_has_none(string model, long input, long output, long? usdMicros) =>
        Assert.Equal(usdMicros, ClaudePrices.UsdMicros(model, input, output));

    private void Variant(ClaudeVariant variant) =>
        _simulated.Fault("claude", Route, FaultKind.Variant, fault => fault.Variant = variant.ToString());

    private int Billed() => _simulated.Ledger("claude")["billedCalls"]!.GetValue<int>();

    private Task<ProviderException> FailsAsync(ProviderLimits? limits = null) =>
        Assert.ThrowsAsync<ProviderException>(() => _simulated.Claude(limits).AskForJsonAsync(Question, Cancelled));
}
