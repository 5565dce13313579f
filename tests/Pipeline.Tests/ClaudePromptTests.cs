using PodEngine.Shared.Faults;
using PodEngine.Simulators.Faults;

namespace PodEngine.Pipeline.Tests;

/// <summary>What Claude may answer, and what becomes of it.</summary>
public sealed class ClaudePromptTests
{
    [Fact]
    public async Task A_refusal_fails_the_job_for_good_says_so_and_is_paid_once()
    {
        await using var bench = await StartAsync("Refusal");
        var job = await bench.SubmitAsync(DesignJob.Request(DesignJob.Work()));

        var failed = await bench.FailAsync();

        Assert.Equal(FaultCodes.PromptRefused, failed.Failure.Code);
        Assert.False(failed.Failure.Retryable);
        Assert.Equal(0, bench.Pictures());
        Assert.True((await bench.EntriesAsync(job)).Cost.UsdMicros > 0);
    }

    [Theory]
    [InlineData("FewerItems")]
    [InlineData("EqualItems")]
    public async Task Designs_that_are_missing_are_asked_for_again(string variant)
    {
        await using var bench = await StartAsync(variant);
        var job = await bench.SubmitAsync(DesignJob.Request(DesignJob.Work(count: 3)));

        var result = await bench.CompleteAsync();

        Assert.Equal(3, result.Images.Select(image => image.Title).Distinct().Count());
        Assert.Equal(2, bench.Bought("claude")["billedCalls"]!.GetValue<int>());
        Assert.Equal(0, (await bench.EntriesAsync(job)).Repeated);
    }

    [Theory]
    [InlineData("MoreItems")]
    [InlineData("Thinking")]
    [InlineData("UnknownMembers")]
    public async Task Other_shapes_of_an_answer_do_no_harm(string variant)
    {
        await using var bench = await StartAsync(variant);
        await bench.SubmitAsync(DesignJob.Request(DesignJob.Work(count: 2)));

        Assert.Equal(2, (await bench.CompleteAsync()).Images.Count);
        Assert.Equal(1, bench.Bought("claude")["billedCalls"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("Prose")]
    [InlineData("Empty")]
    [InlineData("MaxTokens")]
    public async Task An_answer_that_cannot_be_used_is_paid_for_and_asked_again_never_drawn(string variant)
    {
        await using var bench = await StartAsync(variant);
        await bench.SubmitAsync(DesignJob.Request(DesignJob.Work()));

        var result = await bench.CompleteAsync();

        Assert.DoesNotContain(result.Images, image => image.Title.Contains("sorry", StringComparison.OrdinalIgnoreCase));
        Assert.Equal(2, bench.Bought("claude")["billedCalls"]!.GetValue<int>());
    }

    [Fact]
    public async Task Designs_that_stay_missing_fail_the_attempt_and_the_next_asks_only_for_those()
    {
        await using var bench = await PipelineBench.StartAsync(claude: true, options: new PipelineOptions { PromptRounds = 1 });
        bench.Fault("claude", new Fault { Kind = FaultKind.Variant, Variant = "FewerItems" });
        await bench.SubmitAsync(DesignJob.Request(DesignJob.Work(count: 3)));

        var failed = await bench.FailAsync();
        Assert.Equal(FaultCodes.ProviderAnswerInvalid, failed.Failure.Code);
        Assert.True(failed.Failure.Retryable);
        Assert.Equal(0, bench.Pictures());

        await bench.CompleteAsync();

        Assert.Equal([2, 1], bench.Bought("claude")["calls"]!.AsArray().Select(call => call!["items"]!.GetValue<int>()));
    }

    [Theory]
    [InlineData(401, FaultCodes.ProviderUnauthorized, false)]
    [InlineData(529, FaultCodes.ProviderUnavailable, true)]
    public async Task A_call_that_is_refused_costs_nothing_and_leaves_nothing_behind(int status, string code, bool retryable)
    {
        await using var bench = await PipelineBench.StartAsync(claude: true);
        bench.Fault("claude", new Fault { Kind = FaultKind.Status, Status = status, Times = -1 });
        var job = await bench.SubmitAsync(DesignJob.Request(DesignJob.Work()));

        var failed = await bench.FailAsync();

        Assert.Equal((code, retryable), (failed.Failure.Code, failed.Failure.Retryable));
        Assert.Empty((await bench.EntriesAsync(job)).Purchases);
    }

    private static async Task<PipelineBench> StartAsync(string variant)
    {
        var bench = await PipelineBench.StartAsync(claude: true);
        bench.Fault("claude", new Fault { Kind = FaultKind.Variant, Variant = variant });
        return bench;
    }
}
