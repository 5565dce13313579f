using PodEngine.Kit;
using PodEngine.Pipeline.Attempts;
using PodEngine.Queue;
using PodEngine.Shared.Faults;

namespace PodEngine.Worker.Tests.Running;

/// <summary>A worker between its queue and its jobs.</summary>
public sealed class WorkerHostTests
{
    [Fact]
    public async Task A_claimed_job_is_run_and_its_outcome_reported()
    {
        await using var worker = RunningWorker.Start();
        var job = await worker.RunningJobAsync();

        worker.Pipeline.End(job, new AttemptOutcome.Completed("{}"));

        await worker.UntilAsync(job, JobState.Completed);
        Assert.Equal(worker.Host.WorkerId, (await worker.FindAsync(job)).Worker);
    }

    [Fact]
    public async Task No_more_jobs_run_at_a_time_than_the_worker_has_slots()
    {
        await using var worker = RunningWorker.Start(options => options with { Concurrency = 2 });
        var jobs = new List<JobId>();
        for (var i = 0; i < 5; i++)
        {
            jobs.Add(await worker.SubmitAsync());
        }

        jobs.ForEach(job => worker.Pipeline.End(job, new AttemptOutcome.Completed()));

        foreach (var job in jobs)
        {
            await worker.UntilAsync(job, JobState.Completed);
        }

        Assert.InRange(worker.Pipeline.MostAtATime, 1, 2);
    }

    [Fact]
    public async Task A_worker_with_more_room_than_a_claim_gives_claims_on_until_it_is_full()
    {
        await using var worker = RunningWorker.Start(options => options with { Concurrency = 5, PollInterval = TimeSpan.FromHours(1) }, away: true);
        worker.Queue.MostAtATime = 2;
        for (var i = 0; i < 6; i++)
        {
            await worker.SubmitAsync();
        }

        worker.Queue.Away = false;

        await Eventually.Holds(() => worker.Pipeline.Controls.Count == 5, because: "every slot is filled without waiting for the next poll");
    }

    [Fact]
    public async Task A_cancel_reaches_the_running_job()
    {
        await using var worker = RunningWorker.Start(options => options with { Concurrency = 1 });
        var job = await worker.RunningJobAsync();

        await worker.Queue.CancelAsync(job, "ByUser", TestContext.Current.CancellationToken);

        await Eventually.Holds(async () => (await worker.FindAsync(job)).State == JobState.Cancelled);
    }

    [Fact]
    public async Task What_a_worker_has_ended_is_told_by_its_heartbeats()
    {
        await using var worker = RunningWorker.Start();
        worker.Pipeline.End(await worker.RunningJobAsync(), new AttemptOutcome.Completed());
        worker.Pipeline.End(await worker.RunningJobAsync(), new AttemptOutcome.Completed());
        var failure = new JobFailure("Provider", "Down", "It is down.", Retryable: false);
        worker.Pipeline.End(await worker.RunningJobAsync(), new AttemptOutcome.Failed(failure));

        await Eventually.Holds(
            async () => (await worker.Queue.ListWorkersAsync(RunningWorker.Lane.InstallationId, TestContext.Current.CancellationToken))
                is [{ JobsCompleted: 2, AttemptsFailed: 1 }],
            because: "two completed and one failed");
    }

    [Fact]
    public async Task Where_no_wake_ups_arrive_a_cancel_is_heard_by_heartbeats_that_come_faster_while_jobs_are_held()
    {
        var timings = new QueueTimings
        {
            HeartbeatInterval = TimeSpan.FromHours(1),
            HeartbeatIntervalPolling = TimeSpan.FromMilliseconds(50),
            LeaseLength = TimeSpan.FromHours(3),
        };
        await using var worker = RunningWorker.Start(options => options with { Timings = timings }, deaf: true);
        var job = await worker.RunningJobAsync();

        await worker.Queue.CancelAsync(job, "ByUser", TestContext.Current.CancellationToken);

        await Eventually.Holds(() => worker.Pipeline.Controls[job].Reason == StopReason.Cancelled, because: "the next heartbeat is soon");
    }

    [Fact]
    public async Task A_suspend_is_passed_on_and_parks_the_job()
    {
        await using var worker = RunningWorker.Start();
        var job = await worker.RunningJobAsync();
        var known = await worker.FindAsync(job);

        await worker.Queue.UpsertAsync(
            [new JobRequest { Id = job, Queue = RunningWorker.Lane, Name = "job", Arguments = known.Arguments, Generation = 2, Suspended = true }],
            TestContext.Current.CancellationToken);

        await Eventually.Holds(() => worker.Pipeline.Controls[job].SuspendRequested);
        worker.Pipeline.End(job, new AttemptOutcome.Suspended());
        await worker.UntilAsync(job, JobState.Suspended);
    }

    [Fact]
    public async Task A_job_that_passed_to_another_worker_is_abandoned_here()
    {
        await using var worker = RunningWorker.Start();
        var job = await worker.RunningJobAsync();

        var first = worker.Pipeline.Controls[job];

        // Silent for longer than its lease: the job is rescued, and the worker learns of it when it is back.
        worker.Queue.Away = true;
        await Eventually.Holds(async () => await worker.Queue.MaintainAsync(TestContext.Current.CancellationToken) > 0);
        worker.Queue.Away = false;

        await Eventually.Holds(() => first.Reason == StopReason.LeaseLost);
        Assert.Equal(1, (await worker.FindAsync(job)).Rescues);
    }

    [Fact]
    public async Task While_the_store_is_away_jobs_are_in_doubt_and_their_outcome_is_reported_when_it_is_back()
    {
        await using var worker = RunningWorker.Start();
        var job = await worker.RunningJobAsync();
        var control = worker.Pipeline.Controls[job];

        worker.Queue.Away = true;
        await Eventually.Holds(() => control.InDoubt, because: "a failed heartbeat is doubt");
        worker.Pipeline.End(job, new AttemptOutcome.Completed());
        worker.Queue.Away = false;

        await worker.UntilAsync(job, JobState.Completed);
    }

    [Fact]
    public async Task A_renewed_lease_ends_the_doubt()
    {
        await using var worker = RunningWorker.Start();
        var job = await worker.RunningJobAsync();
        var control = worker.Pipeline.Controls[job];
        worker.Queue.Away = true;
        await Eventually.Holds(() => control.InDoubt);

        worker.Queue.Away = false;

        await Eventually.Holds(() => !control.InDoubt);
        Assert.Equal(StopReason.None, control.Reason);
    }

    [Fact]
    public async Task A_worker_is_not_ready_before_the_store_has_accepted_it()
    {
        await using var worker = RunningWorker.Start(away: true);
        Assert.False(worker.Host.IsReady);

        worker.Queue.Away = false;

        await Eventually.Holds(() => worker.Host.IsReady);
    }

    [Fact]
    public async Task A_stopping_worker_lets_its_job_finish_the_step_then_leaves_the_pool()
    {
        await using var worker = RunningWorker.Start();
        var job = await worker.RunningJobAsync();

        var stopped = worker.StopAsync();
        await Eventually.Holds(() => worker.Pipeline.Controls[job].DrainRequested);
        Assert.False(worker.Host.IsReady);
        Assert.False(stopped.IsCompleted);
        worker.Pipeline.End(job, new AttemptOutcome.HandedBack());
        await stopped;

        Assert.Equal(JobState.Queued, (await worker.FindAsync(job)).State);
        Assert.Equal(0, (await worker.Queue.MeasureAsync(RunningWorker.Lane, TestContext.Current.CancellationToken)).Workers);
    }

    [Fact]
    public async Task What_is_not_finished_at_the_end_of_the_drain_is_stopped_and_handed_back()
    {
        await using var worker = RunningWorker.Start(options => options with { Drain = TimeSpan.FromMilliseconds(100) });
        var job = await worker.RunningJobAsync();

        await worker.StopAsync();

        var record = await worker.FindAsync(job);
        Assert.Equal((JobState.Queued, 0, 0), (record.State, record.Attempts, record.Rescues));
    }

    [Fact]
    public async Task A_worker_on_hold_claims_nothing()
    {
        await using var worker = RunningWorker.Start(options => options with { Hold = true });
        await worker.Host.Registered;
        var job = await worker.SubmitAsync();

        await worker.StopAsync();

        Assert.Equal((JobState.Queued, (string?)null), ((await worker.FindAsync(job)).State, (await worker.FindAsync(job)).Worker));
    }

    [Fact]
    public async Task A_defect_fails_its_job_and_no_other()
    {
        await using var worker = RunningWorker.Start(pipeline: new ScriptedPipeline { Defect = new InvalidOperationException("secret detail") });
        var job = await worker.SubmitAsync();

        await Eventually.Holds(async () => (await worker.FindAsync(job)).Failure is not null);

        var failure = (await worker.FindAsync(job)).Failure!;
        Assert.Equal(FaultCodes.InternalError, failure.Code);
        Assert.DoesNotContain("secret detail", failure.Message, StringComparison.Ordinal);
        Assert.True(worker.Host.IsReady);
    }

    [Fact]
    public async Task An_outcome_that_the_store_cannot_take_fails_its_job_and_no_other()
    {
        await using var worker = RunningWorker.Start();
        var job = await worker.RunningJobAsync();

        worker.Pipeline.End(job, new AttemptOutcome.Snoozed(TimeSpan.FromSeconds(-1), "secret detail"));

        await Eventually.Holds(async () => (await worker.FindAsync(job)).Failure is not null);
        var failed = await worker.FindAsync(job);
        Assert.Equal((FaultCodes.InternalError, 1), (failed.Failure!.Code, failed.Attempts));
        Assert.DoesNotContain("secret detail", failed.Failure.Message, StringComparison.Ordinal);
        Assert.True(worker.Host.IsReady);
    }
}
