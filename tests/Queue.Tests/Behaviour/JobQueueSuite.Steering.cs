namespace PodEngine.Queue.Tests.Behaviour;

public abstract partial class JobQueueSuite
{
    [Fact]
    public async Task A_waiting_job_is_cancelled_at_once()
    {
        var id = await InsertAsync();

        Assert.True(await Queue.CancelAsync(id, "Deleted", Cancelled));

        var job = await ReadAsync(id);
        Assert.Equal((JobState.Cancelled, "Deleted", (DateTimeOffset?)Clock.GetUtcNow()), (job.State, job.Reason, job.FinishedAt));
        Assert.Empty(await ClaimAsync());
        Assert.False(await Queue.CancelAsync(id, "Deleted", Cancelled));
        Assert.False(await Queue.CancelAsync(JobId.New(), "Deleted", Cancelled));
    }

    [Fact]
    public async Task Scheduled_and_parked_jobs_are_cancelled_at_once()
    {
        var scheduled = await InsertAsync(Request() with { StartAfter = Clock.GetUtcNow() + TimeSpan.FromHours(1) });
        var parked = await InsertAsync(Request() with { Suspended = true });

        await Queue.CancelAsync(scheduled, "Cancelled", Cancelled);
        await Queue.CancelAsync(parked, "Cancelled", Cancelled);

        Assert.Equal(JobState.Cancelled, (await ReadAsync(scheduled)).State);
        Assert.Equal(JobState.Cancelled, (await ReadAsync(parked)).State);
        Assert.Equal(0, await MaintainAfterAsync(TimeSpan.FromHours(2)));
    }

    [Fact]
    public async Task A_running_job_is_cancelled_when_its_worker_reports()
    {
        var claimed = await InsertAndClaimAsync();
        var waiting = Queue.WaitForWorkAsync(Lane, TimeSpan.FromMinutes(1), Cancelled);
        await Queue.WaitForWorkAsync(Lane, TimeSpan.FromMilliseconds(20), Cancelled);

        Assert.True(await Queue.CancelAsync(claimed.Lease.Job, "Deleted", Cancelled));

        await waiting.WaitAsync(TimeSpan.FromSeconds(2), Cancelled);
        Assert.Equal((JobState.Processing, true), ((await ReadAsync(claimed)).State, (await ReadAsync(claimed)).CancelRequested));
        Assert.Equal([claimed.Lease], (await BeatAsync("worker", claimed.Lease)).CancelRequested);
        Assert.Equal(JobState.Cancelled, await FinishAsync(claimed, new AttemptOutcome.Cancelled("Stopped")));
        Assert.Equal("Deleted", (await ReadAsync(claimed)).Reason);
    }

    [Fact]
    public async Task A_job_that_was_done_before_the_cancel_reached_it_is_done()
    {
        var claimed = await InsertAndClaimAsync();
        await Queue.CancelAsync(claimed.Lease.Job, "Deleted", Cancelled);

        Assert.Equal(JobState.Completed, await FinishAsync(claimed, new AttemptOutcome.Completed()));
    }

    [Fact]
    public async Task An_attempt_that_fails_or_is_handed_back_after_a_cancel_is_not_tried_again()
    {
        foreach (AttemptOutcome outcome in new AttemptOutcome[] { Failure(), new AttemptOutcome.HandedBack(), new AttemptOutcome.Snoozed(TimeSpan.FromMinutes(1), "x") })
        {
            var claimed = await InsertAndClaimAsync();
            await Queue.CancelAsync(claimed.Lease.Job, "Deleted", Cancelled);

            Assert.Equal(JobState.Cancelled, await FinishAsync(claimed, outcome));
        }
    }

    [Fact]
    public async Task A_job_whose_worker_is_lost_after_a_cancel_is_cancelled()
    {
        var claimed = await InsertAndClaimAsync();
        await Queue.CancelAsync(claimed.Lease.Job, "Deleted", Cancelled);

        await MaintainAfterAsync(LeaseLength);

        Assert.Equal(JobState.Cancelled, (await ReadAsync(claimed)).State);
    }

    [Fact]
    public async Task A_cancel_in_the_request_cancels_waiting_and_running_jobs()
    {
        var waiting = Request();
        await InsertAsync(waiting);
        await Queue.UpsertAsync([waiting with { Generation = 2, CancelRequested = true }], Cancelled);
        Assert.Equal(JobState.Cancelled, (await ReadAsync(waiting.Id)).State);

        var running = Request();
        var claimed = await InsertAndClaimAsync(running);
        await Queue.UpsertAsync([running with { Generation = 2, CancelRequested = true }], Cancelled);
        Assert.Equal([claimed.Lease], (await BeatAsync("worker", claimed.Lease)).CancelRequested);
    }

    [Fact]
    public async Task A_job_inserted_suspended_waits_until_it_is_resumed()
    {
        var request = Request() with { Suspended = true };
        await InsertAsync(request);
        Assert.Equal(JobState.Suspended, (await ReadAsync(request.Id)).State);
        Assert.Empty(await ClaimAsync());

        await Queue.UpsertAsync([request with { Generation = 2, Suspended = false }], Cancelled);

        Assert.Equal(JobState.Queued, (await ReadAsync(request.Id)).State);
        Assert.Single(await ClaimAsync());
    }

    [Fact]
    public async Task A_waiting_job_is_parked_at_once_and_its_start_time_is_remembered()
    {
        var request = Request() with { StartAfter = Clock.GetUtcNow() + TimeSpan.FromHours(1) };
        await InsertAsync(request);
        await Queue.UpsertAsync([request with { Generation = 2, Suspended = true }], Cancelled);
        Assert.Equal(JobState.Suspended, (await ReadAsync(request.Id)).State);

        await Queue.UpsertAsync([request with { Generation = 3, Suspended = false }], Cancelled);

        Assert.Equal(JobState.Pending, (await ReadAsync(request.Id)).State);
    }

    [Fact]
    public async Task A_parked_job_does_not_wake_when_its_time_comes()
    {
        var request = Request() with { StartAfter = Clock.GetUtcNow() + TimeSpan.FromHours(1) };
        await InsertAsync(request);
        await Queue.UpsertAsync([request with { Generation = 2, Suspended = true }], Cancelled);

        Assert.Equal(0, await MaintainAfterAsync(TimeSpan.FromHours(2)));
        Assert.Equal(JobState.Suspended, (await ReadAsync(request.Id)).State);
    }

    [Fact]
    public async Task A_running_job_is_parked_after_its_step_without_using_up_an_attempt()
    {
        var request = Request();
        var claimed = await InsertAndClaimAsync(request);
        await Queue.UpsertAsync([request with { Generation = 2, Suspended = true }], Cancelled);
        Assert.Equal([claimed.Lease], (await BeatAsync("worker", claimed.Lease)).SuspendRequested);

        Assert.Equal(JobState.Suspended, await FinishAsync(claimed, new AttemptOutcome.Suspended()));

        Assert.Equal(0, (await ReadAsync(claimed)).Attempts);
        Assert.Empty(await ClaimAsync());
        await Queue.UpsertAsync([request with { Generation = 3 }], Cancelled);
        Assert.Equal(1, (await ClaimOneAsync()).Attempt);
    }

    [Fact]
    public async Task A_job_resumed_before_it_was_parked_goes_on()
    {
        var request = Request();
        var claimed = await InsertAndClaimAsync(request);
        await Queue.UpsertAsync([request with { Generation = 2, Suspended = true }], Cancelled);
        await Queue.UpsertAsync([request with { Generation = 3, Suspended = false }], Cancelled);

        Assert.Equal(JobState.Queued, await FinishAsync(claimed, new AttemptOutcome.Suspended()));
    }

    [Fact]
    public async Task A_suspended_job_that_fails_stays_parked_with_its_attempt_counted()
    {
        var request = Request();
        var claimed = await InsertAndClaimAsync(request);
        await Queue.UpsertAsync([request with { Generation = 2, Suspended = true }], Cancelled);

        Assert.Equal(JobState.Suspended, await FinishAsync(claimed, Failure()));

        Assert.Equal((1, "ProviderUnavailable"), ((await ReadAsync(claimed)).Attempts, (await ReadAsync(claimed)).Failure?.Code));
    }

    [Fact]
    public async Task A_job_that_awaits_approval_holds_no_lease_and_goes_on_when_approved()
    {
        var request = Request();
        var claimed = await InsertAndClaimAsync(request);

        Assert.Equal(JobState.AwaitingApproval, await FinishAsync(claimed, new AttemptOutcome.AwaitingApproval(TimeSpan.FromDays(7))));

        Assert.Equal(Clock.GetUtcNow() + TimeSpan.FromDays(7), (await ReadAsync(claimed)).ApprovalExpiresAt);
        Assert.Equal(0, (await Queue.MeasureAsync(Lane, Cancelled)).Processing);
        Assert.Equal(0, await MaintainAfterAsync(TimeSpan.FromDays(6)));
        await Queue.UpsertAsync([request with { Generation = 2, Approval = ApprovalDecision.Approved }], Cancelled);

        var again = await ClaimOneAsync();
        Assert.Equal((1, (ApprovalDecision?)ApprovalDecision.Approved), (again.Attempt, again.Approval));
    }

    [Fact]
    public async Task A_rejected_job_is_cancelled()
    {
        var request = Request();
        var claimed = await InsertAndClaimAsync(request);
        await FinishAsync(claimed, new AttemptOutcome.AwaitingApproval(TimeSpan.FromDays(7)));

        await Queue.UpsertAsync([request with { Generation = 2, Approval = ApprovalDecision.Rejected }], Cancelled);

        Assert.Equal((JobState.Cancelled, "Rejected"), ((await ReadAsync(claimed)).State, (await ReadAsync(claimed)).Reason));
    }

    [Fact]
    public async Task A_decision_that_came_early_is_used_when_it_is_asked_for()
    {
        var approved = await InsertAndClaimAsync(Request() with { Approval = ApprovalDecision.Approved });
        Assert.Equal(JobState.Queued, await FinishAsync(approved, new AttemptOutcome.AwaitingApproval(TimeSpan.FromDays(7))));
        await Queue.CancelAsync(approved.Lease.Job, "Cancelled", Cancelled);

        var rejected = await InsertAndClaimAsync(Request() with { Approval = ApprovalDecision.Rejected });
        Assert.Equal(JobState.Cancelled, await FinishAsync(rejected, new AttemptOutcome.AwaitingApproval(TimeSpan.FromDays(7))));
    }

    [Fact]
    public async Task The_first_decision_stands()
    {
        var request = Request() with { Approval = ApprovalDecision.Approved };
        await InsertAsync(request);
        await Queue.UpsertAsync([request with { Generation = 2, Approval = ApprovalDecision.Rejected }], Cancelled);

        Assert.Equal(ApprovalDecision.Approved, (await ClaimOneAsync()).Approval);
    }

    [Fact]
    public async Task An_approval_nobody_gives_expires()
    {
        var claimed = await InsertAndClaimAsync();
        await FinishAsync(claimed, new AttemptOutcome.AwaitingApproval(TimeSpan.FromDays(7)));

        Assert.Equal(1, await MaintainAfterAsync(TimeSpan.FromDays(7)));

        Assert.Equal((JobState.Cancelled, "ApprovalExpired"), ((await ReadAsync(claimed)).State, (await ReadAsync(claimed)).Reason));
    }
}
