using PodEngine.Kit;
using PodEngine.Pipeline.Attempts;
using PodEngine.Queue;
using PodEngine.Shared.Faults;
using PodEngine.Simulators.Faults;

namespace PodEngine.Pipeline.Tests;

/// <summary>An attempt that is asked to stop or to pause.</summary>
public sealed class StoppingTests
{
    [Fact]
    public async Task Cancelling_reaches_the_drawing_server()
    {
        await using var bench = await StartStalledAsync();
        using var control = new JobControl();
        var run = await DrawingAsync(bench, control);

        control.Stop(StopReason.Cancelled);
        var outcome = await run.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        Assert.IsType<AttemptOutcome.Cancelled>(outcome);
        await Eventually.Holds(() => Statuses(bench).Contains("interrupted"), because: "the server was told to stop");
    }

    [Theory]
    [InlineData(StopReason.LeaseLost)]
    [InlineData(StopReason.HandBack)]
    public async Task Remote_work_is_left_to_the_successor_which_waits_for_it(StopReason reason)
    {
        await using var bench = await PipelineBench.StartAsync(knobs: knobs => knobs with { ComfyUI = knobs.ComfyUI with { LatencyMs = 800 } });
        using var control = new JobControl();
        var request = DesignJob.Request(DesignJob.Work());
        await bench.SubmitAsync(request);
        var job = await bench.ClaimAsync();
        var run = bench.RunAsync(job, control);
        await UntilDrawingAsync(bench, job.Lease.Job);

        control.Stop(reason);
        var outcome = await run;

        Assert.Equal(reason == StopReason.HandBack ? typeof(AttemptOutcome.HandedBack) : null, outcome?.GetType());
        await bench.Queue.FinishAsync(job.Lease, new AttemptOutcome.HandedBack(), TestContext.Current.CancellationToken);
        await bench.CompleteAsync();
        Assert.Equal(1, bench.Pictures());
        Assert.Equal(0, (await bench.EntriesAsync(job.Lease.Job)).Repeated);
    }

    [Fact]
    public async Task A_suspended_job_finishes_its_step_and_goes_on_later_where_it_was()
    {
        await using var bench = await PipelineBench.StartAsync();
        using var control = new JobControl();
        var request = DesignJob.Request(DesignJob.Work());
        await bench.SubmitAsync(request);
        var job = await bench.ClaimAsync();
        var run = bench.RunAsync(job, control);
        await UntilDrawingAsync(bench, job.Lease.Job);

        control.Suspend();

        Assert.IsType<AttemptOutcome.Suspended>(await run);
        Assert.Empty(bench.Products());
        Assert.Equal(1, bench.Pictures());
        await bench.Queue.FinishAsync(job.Lease, new AttemptOutcome.Suspended(), TestContext.Current.CancellationToken);
        await bench.CompleteAsync();
        Assert.Equal(1, bench.Pictures());
    }

    [Fact]
    public async Task A_draining_worker_hands_the_job_back_after_its_step()
    {
        await using var bench = await PipelineBench.StartAsync();
        using var control = new JobControl();
        await bench.SubmitAsync(DesignJob.Request(DesignJob.Work()));
        control.Drain();

        Assert.IsType<AttemptOutcome.HandedBack>(await bench.AttemptAsync(control));
        Assert.Equal(0, bench.Pictures());
    }

    [Fact]
    public async Task Nothing_is_bought_while_it_is_uncertain_that_the_lease_holds()
    {
        await using var bench = await PipelineBench.StartAsync(claude: true);
        using var control = new JobControl();
        await bench.SubmitAsync(DesignJob.Request(DesignJob.Work()));
        control.Doubt();
        var job = await bench.ClaimAsync();
        var run = bench.RunAsync(job, control);
        await Eventually.Holds(async () => (await bench.LogAsync(job.Lease.Job)).Contains("begins", StringComparison.Ordinal));

        Assert.Empty((await bench.EntriesAsync(job.Lease.Job)).Purchases);
        control.Renewed();

        Assert.IsType<AttemptOutcome.Completed>(await run);
    }

    [Fact]
    public async Task A_job_whose_processing_time_is_used_up_fails_and_stops_its_drawing()
    {
        await using var bench = await StartStalledAsync();
        using var control = new JobControl();
        var run = await DrawingAsync(bench, control);

        control.Stop(StopReason.DeadlineExceeded);

        Assert.Equal(FaultCodes.DeadlineExceeded, Assert.IsType<AttemptOutcome.Failed>(await run).Failure.Code);
        await Eventually.Holds(() => Statuses(bench).Contains("interrupted"));
    }

    [Fact]
    public async Task The_processing_time_ends_wherever_the_job_is()
    {
        await using var bench = await StartStalledAsync();
        using var control = new JobControl();
        await bench.SubmitAsync(DesignJob.Request(DesignJob.Work()) with { ActiveDeadline = TimeSpan.FromSeconds(1) });

        var outcome = await bench.AttemptAsync(control);

        Assert.Equal(FaultCodes.DeadlineExceeded, Assert.IsType<AttemptOutcome.Failed>(outcome).Failure.Code);
    }

    private static async Task<PipelineBench> StartStalledAsync()
    {
        var bench = await PipelineBench.StartAsync();
        bench.Fault("comfyui", new Fault { Route = "POST /prompt", Kind = FaultKind.Variant, Variant = "Stalls" });
        return bench;
    }

    private static async Task<Task<AttemptOutcome?>> DrawingAsync(PipelineBench bench, JobControl control)
    {
        await bench.SubmitAsync(DesignJob.Request(DesignJob.Work()));
        var job = await bench.ClaimAsync();
        var run = bench.RunAsync(job, control);
        await UntilDrawingAsync(bench, job.Lease.Job);
        return run;
    }

    private static Task UntilDrawingAsync(PipelineBench bench, JobId job) => Eventually.Holds(
        async () => (await bench.EntriesAsync(job)).Purchases.Values.Any(purchase => purchase.RemoteId is not null), because: "the server took the order");

    private static IEnumerable<string> Statuses(PipelineBench bench) =>
        bench.Bought("comfyui")["prompts"]!.AsArray().Select(prompt => prompt!["status"]!.GetValue<string>());
}
