namespace PodEngine.Queue.Tests.Behaviour;

public abstract partial class JobQueueSuite
{
    [Fact]
    public async Task A_job_whose_worker_fell_silent_is_claimed_by_another_worker()
    {
        var lost = await InsertAndClaimAsync(worker: "lost");

        Assert.Equal(1, await MaintainAfterAsync(LeaseLength));

        var job = await ReadAsync(lost);
        Assert.Equal((JobState.Queued, 0, 1), (job.State, job.Attempts, job.Rescues));
        var successor = await ClaimOneAsync("successor");
        Assert.Equal(lost.Lease.Job, successor.Lease.Job);
        Assert.Equal(1, successor.Attempt);
    }

    [Fact]
    public async Task Heartbeats_keep_a_job_however_long_it_takes()
    {
        var claimed = await InsertAndClaimAsync(Request() with { ActiveDeadline = TimeSpan.FromDays(1) });

        for (var beat = 0; beat < 5; beat++)
        {
            Assert.Equal(0, await MaintainAfterAsync(LeaseLength - TimeSpan.FromSeconds(1)));
            Assert.Empty((await BeatAsync("worker", claimed.Lease)).Lost);
        }

        Assert.Equal(JobState.Completed, await FinishAsync(claimed, new AttemptOutcome.Completed()));
    }

    [Fact]
    public async Task A_lease_that_ran_out_but_was_not_rescued_is_renewed_by_the_next_heartbeat()
    {
        var claimed = await InsertAndClaimAsync();
        Clock.Advance(LeaseLength * 3);

        Assert.Empty((await BeatAsync("worker", claimed.Lease)).Lost);

        Assert.Equal(0, await Queue.MaintainAsync(Cancelled));
        Assert.Equal(JobState.Completed, await FinishAsync(claimed, new AttemptOutcome.Completed()));
    }

    [Fact]
    public async Task A_rescued_worker_is_told_by_its_heartbeat_what_it_lost()
    {
        var first = await InsertAndClaimAsync(worker: "lost");
        await MaintainAfterAsync(LeaseLength);
        var second = await ClaimOneAsync("lost");

        var reply = await BeatAsync("lost", first.Lease, second.Lease);

        Assert.Equal([first.Lease], reply.Lost);
    }

    [Fact]
    public async Task Once_a_worker_is_told_that_it_lost_a_job_its_next_report_is_refused()
    {
        var lost = await InsertAndClaimAsync(worker: "lost");
        await Queue.ReportProgressAsync(lost.Lease, new JobProgress(10, "images"), Cancelled);
        await MaintainAfterAsync(LeaseLength);
        Assert.Equal([lost.Lease], (await BeatAsync("lost", lost.Lease)).Lost);

        await Assert.ThrowsAsync<LeaseLostException>(() => Queue.ReportProgressAsync(lost.Lease, new JobProgress(11, "images"), Cancelled));
    }

    [Fact]
    public async Task A_stale_worker_is_refused_and_its_successor_is_accepted()
    {
        var stale = await InsertAndClaimAsync(worker: "stale");
        await MaintainAfterAsync(LeaseLength);

        Assert.Null(await FinishAsync(stale, new AttemptOutcome.Completed("\"stale\"")));
        await Assert.ThrowsAsync<LeaseLostException>(() => Queue.ReportProgressAsync(stale.Lease, new JobProgress(50, "images"), Cancelled));

        var successor = await ClaimOneAsync("successor");
        Assert.Null(await FinishAsync(stale, Failure(retryable: false)));
        await Assert.ThrowsAsync<LeaseLostException>(() => Queue.ReportProgressAsync(stale.Lease, new JobProgress(50, "images"), Cancelled));
        await Queue.ReportProgressAsync(successor.Lease, new JobProgress(60, "images"), Cancelled);
        Assert.Equal(JobState.Completed, await FinishAsync(successor, new AttemptOutcome.Completed("\"fresh\"")));

        var job = await ReadAsync(stale);
        Assert.Equal((JobState.Completed, "\"fresh\"", "successor"), (job.State, job.Result, job.Worker));
    }

    [Fact]
    public async Task One_outcome_is_accepted_per_lease()
    {
        var claimed = await InsertAndClaimAsync();

        Assert.Equal(JobState.Completed, await FinishAsync(claimed, new AttemptOutcome.Completed()));

        Assert.Null(await FinishAsync(claimed, new AttemptOutcome.Completed()));
        Assert.Null(await FinishAsync(claimed, Failure()));
        Assert.Equal(JobState.Completed, (await ReadAsync(claimed)).State);
    }

    [Fact]
    public async Task Of_outcomes_reported_at_the_same_time_exactly_one_is_accepted()
    {
        var claimed = await InsertAndClaimAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => FinishAsync(claimed, new AttemptOutcome.Completed())));

        Assert.Single(answers, answer => answer is not null);
    }

    [Fact]
    public async Task A_rescued_job_keeps_its_place_in_the_queue()
    {
        var first = await InsertAndClaimAsync();
        await InsertAsync("later");

        await MaintainAfterAsync(LeaseLength);

        Assert.Equal(first.Lease.Job, (await ClaimOneAsync("successor")).Lease.Job);
    }

    [Fact]
    public async Task Rescues_use_up_no_attempt_but_end_after_ten()
    {
        var request = Request() with { Retry = new RetryPolicy { MaxRetries = 0 } };
        await InsertAsync(request);
        for (var rescue = 1; rescue <= 10; rescue++)
        {
            await ClaimOneAsync($"worker-{rescue}");
            Assert.Equal(1, await MaintainAfterAsync(LeaseLength));
            Assert.Equal((JobState.Queued, rescue), ((await ReadAsync(request.Id)).State, (await ReadAsync(request.Id)).Rescues));
        }

        await ClaimOneAsync("worker-11");
        await MaintainAfterAsync(LeaseLength);

        var job = await ReadAsync(request.Id);
        Assert.Equal((JobState.Failed, "WorkerLostRepeatedly"), (job.State, job.Failure?.Code));
        Assert.Empty(await ClaimAsync());
    }

    [Fact]
    public async Task Jobs_of_living_workers_are_not_rescued_with_those_of_a_lost_one()
    {
        await Queue.UpsertAsync([Request(), Request()], Cancelled);
        var lost = await ClaimOneAsync("lost");
        var kept = await ClaimOneAsync("alive");
        Clock.Advance(LeaseLength - TimeSpan.FromSeconds(1));
        await BeatAsync("alive", kept.Lease);

        Assert.Equal(1, await MaintainAfterAsync(TimeSpan.FromSeconds(1)));

        Assert.Equal(JobState.Queued, (await ReadAsync(lost)).State);
        Assert.Equal(JobState.Processing, (await ReadAsync(kept)).State);
    }

    [Fact]
    public async Task A_claim_whose_answer_was_lost_goes_back_to_the_queue_by_the_workers_own_heartbeats()
    {
        var unheard = await InsertAndClaimAsync();
        Clock.Advance(LeaseLength - TimeSpan.FromSeconds(1));
        await BeatAsync("worker");
        Assert.Equal(JobState.Processing, (await ReadAsync(unheard)).State);

        Clock.Advance(TimeSpan.FromSeconds(1));
        await BeatAsync("worker");

        var job = await ReadAsync(unheard);
        Assert.Equal((JobState.Queued, 0, 0), (job.State, job.Attempts, job.Rescues));
    }

    [Fact]
    public async Task A_worker_that_leaves_hands_back_what_it_still_held()
    {
        var held = await InsertAndClaimAsync(worker: "leaving");

        await Queue.DeregisterAsync("leaving", Cancelled);

        Assert.Equal((JobState.Queued, 0), ((await ReadAsync(held)).State, (await ReadAsync(held)).Rescues));
        Assert.Equal(0, (await Queue.MeasureAsync(Lane, Cancelled)).Workers);
        Assert.Null(await FinishAsync(held, new AttemptOutcome.Completed()));
    }

    [Fact]
    public async Task Leaving_twice_or_unknown_is_harmless()
    {
        await BeatAsync("leaving");
        await Queue.DeregisterAsync("leaving", Cancelled);
        await Queue.DeregisterAsync("leaving", Cancelled);
        await Queue.DeregisterAsync("stranger", Cancelled);
    }

    [Fact]
    public async Task Progress_is_kept_and_shown()
    {
        var claimed = await InsertAndClaimAsync();

        await Queue.ReportProgressAsync(claimed.Lease, new JobProgress(40, "images", """{"done":2}"""), Cancelled);

        Assert.Equal(new JobProgress(40, "images", """{"done":2}"""), (await ReadAsync(claimed)).Progress);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Queue.ReportProgressAsync(claimed.Lease, new JobProgress(101, "x"), Cancelled));
    }

    [Fact]
    public async Task A_lease_of_a_job_that_does_not_exist_is_lost()
    {
        var lease = new JobLease(JobId.New(), 1);

        Assert.Null(await Queue.FinishAsync(lease, new AttemptOutcome.Completed(), Cancelled));
        await Assert.ThrowsAsync<LeaseLostException>(() => Queue.ReportProgressAsync(lease, new JobProgress(1, "x"), Cancelled));
        Assert.Equal([lease], (await BeatAsync("worker", lease)).Lost);
    }
}
