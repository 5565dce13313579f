using PodEngine.Kit;
using PodEngine.Kit.Time;
using PodEngine.Providers.Http;
using PodEngine.Shared.Faults;

namespace PodEngine.Providers.Tests.Http;

public sealed class ProviderPipelineTests : IDisposable
{
    private static readonly ProviderCall Read = ProviderCall.Read("read", "budget");
    private static readonly ProviderCall Buy = ProviderCall.Effect("buy", "budget");

    private readonly ManualTimeProvider _time = new();
    private readonly List<ProviderPipeline> _pipelines = [];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _pipelines.ForEach(pipeline => pipeline.Dispose());
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_provider_that_keeps_failing_is_left_alone_for_a_while_and_the_caller_is_told_how_long()
    {
        var pipeline = Pipeline(new() { Retries = 0, BreakerFailures = 4, BreakerPause = TimeSpan.FromSeconds(20) });
        for (int i = 0; i < 4; i++)
        {
            await FailsAsync(() => Run(pipeline, Read, () => throw Unavailable(Read)));
        }

        bool asked = false;
        var open = await FailsAsync(() => Run(pipeline, Buy, () => asked = true));

        Assert.False(asked);
        Assert.True(open.IsOutage);
        Assert.Equal((FaultCodes.ProviderUnavailable, Spend.None), (open.Fault.Code, open.Spend));
        Assert.InRange(open.RetryAfter!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(20));

        _time.Advance(TimeSpan.FromSeconds(21));
        await Run(pipeline, Buy, () => asked = true);
        Assert.True(asked);
    }

    [Fact]
    public async Task Refusals_and_rate_limits_do_not_open_the_circuit()
    {
        var pipeline = Pipeline(new() { Retries = 0, BreakerFailures = 2 });
        for (int i = 0; i < 10; i++)
        {
            var refused = await FailsAsync(() => Run(pipeline, Read, () => throw Failure(Read, FaultCodes.ProviderRateLimited, retryable: true, Spend.None, 429)));
            Assert.False(refused.IsOutage);
        }
    }

    [Theory]
    [InlineData(true, Spend.None, true, 4)]
    [InlineData(false, Spend.None, true, 4)]
    [InlineData(false, Spend.Unknown, true, 1)]
    [InlineData(false, Spend.Made, true, 1)]
    [InlineData(true, Spend.None, false, 1)]
    public async Task Only_what_certainly_did_nothing_and_may_pass_is_tried_again(bool isRead, Spend spend, bool retryable, int tries)
    {
        var pipeline = Pipeline(new() { Retries = 3, RetryDelay = TimeSpan.Zero });
        int tried = 0;

        await FailsAsync(() => Run(pipeline, isRead ? Read : Buy, () =>
        {
            tried++;
            throw Failure(Buy, FaultCodes.ProviderUnavailable, retryable, spend, 503);
        }));

        Assert.Equal(tries, tried);
    }

    [Fact]
    public async Task A_short_Retry_After_is_waited_for_and_a_long_one_is_left_to_the_caller()
    {
        var pipeline = Pipeline(new() { LongestWait = TimeSpan.FromSeconds(10) });
        int tried = 0;
        var running = Run(pipeline, Read, () => ++tried == 1 ? throw Limited(TimeSpan.FromSeconds(7)) : tried);
        // The call's deadline and the wait; the try's own deadline is disarmed.
        await Eventually.Holds(() => tried == 1 && _time.ArmedTimers >= 2);
        _time.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(1, tried);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, await running);

        tried = 0;
        var handed = await FailsAsync(() => Run(pipeline, Read, () => ++tried == 1 ? throw Limited(TimeSpan.FromSeconds(11)) : tried));
        Assert.Equal((1, TimeSpan.FromSeconds(11)), (tried, handed.RetryAfter!.Value));

        static ProviderException Limited(TimeSpan wait) =>
            new("test", "read", HttpFaults.Fault(FaultClass.Provider, FaultCodes.ProviderRateLimited, "slow down", true)) { RetryAfter = wait };
    }

    [Fact]
    public async Task A_used_up_budget_is_an_outage_without_a_request()
    {
        var budget = new SlidingWindowBudget(new Dictionary<string, BudgetLimit> { ["budget"] = new(1, TimeSpan.FromMinutes(30)) }, _time);
        var pipeline = Pipeline(new(), budget);
        int tried = 0;
        await Run(pipeline, Buy, () => ++tried);

        var refused = await FailsAsync(() => Run(pipeline, Buy, () => ++tried));

        Assert.Equal(1, tried);
        Assert.True(refused.IsOutage);
        Assert.Equal((FaultCodes.ProviderRateLimited, Spend.None, TimeSpan.FromMinutes(30)), (refused.Fault.Code, refused.Spend, refused.RetryAfter!.Value));
    }

    [Fact]
    public async Task Who_waits_for_a_budget_takes_nobodys_turn()
    {
        var limits = new Dictionary<string, BudgetLimit> { ["budget"] = new(1, TimeSpan.FromSeconds(5)) };
        var pipeline = Pipeline(new() { Concurrency = 1 }, new SlidingWindowBudget(limits, _time));
        await Run(pipeline, Read, () => 0);
        var waiting = Run(pipeline, Read, () => 1);
        await _time.WhenArmedAsync(2, Cancelled);

        Assert.Equal(2, await Run(pipeline, ProviderCall.Read("other"), () => 2).WaitAsync(Eventually.DefaultTimeout, Cancelled));

        Assert.False(waiting.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(1, await waiting);
    }

    [Fact]
    public async Task A_call_takes_its_permits_when_its_turn_has_come()
    {
        var pipeline = Pipeline(new() { Concurrency = 1 }, new SlidingWindowBudget(new Dictionary<string, BudgetLimit> { ["budget"] = new(1, TimeSpan.FromSeconds(5)) }, _time));
        var release = new TaskCompletionSource();
        var running = pipeline.RunAsync(ProviderCall.Read("other"), async _ => { await release.Task; return 0; }, null, Cancelled);
        var next = Run(pipeline, Read, () => 1);
        _time.Advance(TimeSpan.FromSeconds(4));
        release.SetResult();
        await running;
        Assert.Equal(1, await next);

        // Its permit counts from its turn, not from when it came.
        _time.Advance(TimeSpan.FromSeconds(4));
        var later = Run(pipeline, Read, () => 2);
        await _time.WhenArmedAsync(2, Cancelled);
        Assert.False(later.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, await later);
    }

    [Fact]
    public async Task A_call_whose_turn_never_comes_is_an_outage_without_a_request()
    {
        var pipeline = Pipeline(new() { Concurrency = 1, CallTimeout = TimeSpan.FromSeconds(20), TryTimeout = TimeSpan.FromSeconds(60) });
        var release = new TaskCompletionSource();
        var running = pipeline.RunAsync(Read, async _ => { await release.Task; return 0; }, null, Cancelled);
        bool asked = false;
        var failing = FailsAsync(() => Run(pipeline, Buy, () => asked = true));
        await _time.WhenArmedAsync(3, Cancelled);
        _time.Advance(TimeSpan.FromSeconds(20));

        var refused = await failing;

        Assert.False(asked);
        Assert.Equal((true, Spend.None), (refused.IsOutage, refused.Spend));
        Assert.True(refused.RetryAfter > TimeSpan.Zero);
        release.SetResult();
        Assert.Equal(0, await running);
    }

    [Fact]
    public async Task No_more_calls_than_allowed_run_at_a_time()
    {
        var pipeline = Pipeline(new() { Concurrency = 2 });
        var release = new TaskCompletionSource();
        int running = 0;
        var calls = Enumerable.Range(0, 5).Select(_ => pipeline.RunAsync(Read, async token =>
        {
            Interlocked.Increment(ref running);
            await release.Task.WaitAsync(token);
            return 0;
        }, null, Cancelled)).ToList();

        await Eventually.Holds(() => running == 2);
        Assert.Equal(2, running);
        release.SetResult();
        await Task.WhenAll(calls);
        Assert.Equal(5, running);
    }

    [Theory]
    [InlineData(true, Spend.None)]
    [InlineData(false, Spend.Unknown)]
    public async Task A_call_that_takes_too_long_says_whether_it_may_have_bought_something(bool isRead, Spend spend)
    {
        var pipeline = Pipeline(new() { Retries = 0, TryTimeout = TimeSpan.FromSeconds(5) });
        var failing = FailsAsync(() => pipeline.RunAsync(isRead ? Read : Buy, async token =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
            return 0;
        }, null, Cancelled));

        await _time.WhenArmedAsync(2, Cancelled);
        _time.Advance(TimeSpan.FromSeconds(5));

        var late = await failing;
        Assert.Equal((FaultCodes.ProviderUnavailable, true, spend), (late.Fault.Code, late.Fault.Retryable, late.Spend));
    }

    [Fact]
    public async Task The_callers_cancellation_stays_a_cancellation()
    {
        using var stop = new CancellationTokenSource();
        var pipeline = Pipeline(new());
        var running = pipeline.RunAsync(Read, async token =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
            return 0;
        }, null, stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    private static Task<T> Run<T>(ProviderPipeline pipeline, ProviderCall call, Func<T> attempt) =>
        pipeline.RunAsync(call, _ => Task.FromResult(attempt()), null, Cancelled);

    private static Task<int> Run(ProviderPipeline pipeline, ProviderCall call, Action attempt) => Run(pipeline, call, () =>
    {
        attempt();
        return 0;
    });

    private static Task<ProviderException> FailsAsync(Func<Task> call) => Assert.ThrowsAsync<ProviderException>(call);

    private static ProviderException Unavailable(ProviderCall call) => Failure(call, FaultCodes.ProviderUnavailable, true, Spend.None, 503);

    private static ProviderException Failure(ProviderCall call, string code, bool retryable, Spend spend, int status) =>
        new("test", call.Operation, HttpFaults.Fault(FaultClass.Provider, code, "failed", retryable)) { Spend = spend, StatusCode = status };

    private ProviderPipeline Pipeline(ProviderLimits limits, IRequestBudget? budget = null)
    {
        var pipeline = new ProviderPipeline("test", limits, new() { Time = _time, Budget = budget });
        _pipelines.Add(pipeline);
        return pipeline;
    }
}
