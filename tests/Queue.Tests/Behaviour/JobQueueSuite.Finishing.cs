namespace PodEngine.Queue.Tests.Behaviour;

public abstract partial class JobQueueSuite
{
    [Fact]
    public async Task A_completed_job_keeps_its_result_and_is_done_for_good()
    {
        var claimed = await InsertAndClaimAsync();
        Clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(JobState.Completed, await FinishAsync(claimed, new AttemptOutcome.Completed("""{"images":2}""")));

        var job = await ReadAsync(claimed);
        Assert.Equal(("""{"images":2}""", (DateTimeOffset?)Clock.GetUtcNow(), 1, true), (job.Result, job.FinishedAt, job.Attempts, job.IsFinished));
        Assert.Equal(0, await MaintainAfterAsync(TimeSpan.FromDays(1)));
        Assert.Empty(await ClaimAsync());
    }

    [Fact]
    public async Task A_failed_attempt_is_tried_again_after_a_wait_that_doubles_until_retries_are_used_up()
    {
        var request = Request() with { Retry = new RetryPolicy { MaxRetries = 2, Delay = TimeSpan.FromSeconds(60) } };
        await InsertAsync(request);

        foreach (var (attempt, wait) in new[] { (1, 60), (2, 120) })
        {
            var claimed = await ClaimOneAsync();
            Assert.Equal(attempt, claimed.Attempt);
            Assert.Equal(JobState.Retrying, await FinishAsync(claimed, Failure()));
            var job = await ReadAsync(claimed);
            Assert.InRange(job.RunAt!.Value - Clock.GetUtcNow(), TimeSpan.FromSeconds(wait * 0.8), TimeSpan.FromSeconds(wait));
            Assert.Equal(("ProviderUnavailable", attempt), (job.Failure?.Code, job.Attempts));
            Assert.Empty(await ClaimAsync());
            await MaintainAfterAsync(TimeSpan.FromSeconds(wait));
        }

        Assert.Equal(JobState.Failed, await FinishAsync(await ClaimOneAsync(), Failure()));
        Assert.Equal(3, (await ReadAsync(request.Id)).Attempts);
    }

    [Fact]
    public async Task No_retries_means_none()
    {
        var claimed = await InsertAndClaimAsync(Request() with { Retry = new RetryPolicy { MaxRetries = 0 } });

        Assert.Equal(1, claimed.MaxAttempts);
        Assert.Equal(JobState.Failed, await FinishAsync(claimed, Failure()));
    }

    [Fact]
    public async Task No_delay_means_at_once()
    {
        var claimed = await InsertAndClaimAsync(Request() with { Retry = new RetryPolicy { Delay = TimeSpan.Zero } });

        Assert.Equal(JobState.Queued, await FinishAsync(claimed, Failure()));
        Assert.Equal(2, (await ClaimOneAsync()).Attempt);
    }

    [Fact]
    public async Task A_permanent_failure_is_not_tried_again_and_keeps_what_was_made()
    {
        var claimed = await InsertAndClaimAsync();

        Assert.Equal(JobState.Failed, await FinishAsync(claimed, Failure(retryable: false) with { Result = """{"images":1}""" }));

        var job = await ReadAsync(claimed);
        Assert.Equal(("""{"images":1}""", false), (job.Result, job.Failure?.Retryable));
    }

    [Fact]
    public async Task A_provider_that_asks_for_a_longer_wait_gets_it()
    {
        var claimed = await InsertAndClaimAsync();

        await FinishAsync(claimed, Failure(retryAfter: TimeSpan.FromMinutes(30)));

        var wait = (await ReadAsync(claimed)).RunAt!.Value - Clock.GetUtcNow();
        Assert.InRange(wait, TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(36));
    }

    [Fact]
    public async Task Success_clears_the_last_failure()
    {
        var claimed = await InsertAndClaimAsync(Request() with { Retry = new RetryPolicy { Delay = TimeSpan.Zero } });
        await FinishAsync(claimed, Failure());

        await FinishAsync(await ClaimOneAsync(), new AttemptOutcome.Completed());

        Assert.Null((await ReadAsync(claimed)).Failure);
    }

    public static TheoryData<AttemptOutcome> OutcomesThatDoNotComplete =>
    [
        Failure(retryable: false),
        new AttemptOutcome.Snoozed(TimeSpan.FromMinutes(1), "BudgetExhausted"),
        new AttemptOutcome.Cancelled("Cancelled"),
        new AttemptOutcome.HandedBack(),
    ];

    [Theory]
    [MemberData(nameof(OutcomesThatDoNotComplete), DisableDiscoveryEnumeration = true)]
    public async Task The_last_progress_before_the_end_of_an_attempt_is_kept(AttemptOutcome outcome)
    {
        var claimed = await InsertAndClaimAsync();
        await Queue.ReportProgressAsync(claimed.Lease, new JobProgress(10, "images"), Cancelled);
        await Queue.ReportProgressAsync(claimed.Lease, new JobProgress(60, "images"), Cancelled);

        Assert.NotNull(await FinishAsync(claimed, outcome));

        Assert.Equal(60, (await ReadAsync(claimed)).Progress?.Percent);
    }

    [Fact]
    public async Task A_snooze_waits_without_using_up_an_attempt()
    {
        var claimed = await InsertAndClaimAsync(Request() with { Retry = new RetryPolicy { MaxRetries = 0 } });

        Assert.Equal(JobState.Retrying, await FinishAsync(claimed, new AttemptOutcome.Snoozed(TimeSpan.FromMinutes(1), "BudgetExhausted")));

        var job = await ReadAsync(claimed);
        Assert.Equal((0, "BudgetExhausted", Clock.GetUtcNow() + TimeSpan.FromMinutes(1)), (job.Attempts, job.Reason, job.RunAt));
        await MaintainAfterAsync(TimeSpan.FromMinutes(1));
        Assert.Null((await ReadAsync(claimed)).Reason);
        Assert.Equal(1, (await ClaimOneAsync()).Attempt);
    }

    [Fact]
    public async Task A_job_handed_back_keeps_its_place_and_uses_up_nothing()
    {
        var first = await InsertAndClaimAsync();
        Clock.Advance(TimeSpan.FromSeconds(1));
        await InsertAsync("later");

        Assert.Equal(JobState.Queued, await FinishAsync(first, new AttemptOutcome.HandedBack()));

        Assert.Equal((0, 0), ((await ReadAsync(first)).Attempts, (await ReadAsync(first)).Rescues));
        Assert.Equal(first.Lease.Job, (await ClaimOneAsync()).Lease.Job);
    }

    [Fact]
    public async Task Processing_time_adds_up_over_attempts_and_waiting_does_not_count()
    {
        var claimed = await InsertAndClaimAsync(Request() with { ActiveDeadline = TimeSpan.FromMinutes(10) });
        Clock.Advance(TimeSpan.FromMinutes(4));
        await FinishAsync(claimed, new AttemptOutcome.Snoozed(TimeSpan.FromHours(5), "ProviderUnavailable"));

        await MaintainAfterAsync(TimeSpan.FromHours(5));

        Assert.Equal(TimeSpan.FromMinutes(6), (await ClaimOneAsync()).DeadlineRemaining);
    }

    [Fact]
    public async Task A_worker_past_its_jobs_deadline_is_told_to_stop_and_the_job_fails()
    {
        var claimed = await InsertAndClaimAsync(Request() with { ActiveDeadline = TimeSpan.FromSeconds(30) });
        Clock.Advance(TimeSpan.FromSeconds(29));
        Assert.Empty((await BeatAsync("worker", claimed.Lease)).CancelRequested);
        Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal([claimed.Lease], (await BeatAsync("worker", claimed.Lease)).CancelRequested);

        Assert.Equal(JobState.Failed, await FinishAsync(claimed, new AttemptOutcome.Cancelled("Stopped")));
        Assert.Equal(("Timeout", "DeadlineExceeded"), ((await ReadAsync(claimed)).Failure?.Class, (await ReadAsync(claimed)).Failure?.Code));
    }

    [Fact]
    public async Task An_attempt_that_fails_past_the_deadline_is_not_tried_again()
    {
        var claimed = await InsertAndClaimAsync(Request() with { ActiveDeadline = TimeSpan.FromSeconds(30) });
        Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(JobState.Failed, await FinishAsync(claimed, Failure()));
        Assert.Equal("DeadlineExceeded", (await ReadAsync(claimed)).Failure?.Code);
    }

    [Fact]
    public async Task Work_that_is_done_counts_as_done_even_past_the_deadline()
    {
        var claimed = await InsertAndClaimAsync(Request() with { ActiveDeadline = TimeSpan.FromSeconds(30) });
        Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(JobState.Completed, await FinishAsync(claimed, new AttemptOutcome.Completed()));
    }

    [Fact]
    public async Task A_lost_worker_past_the_deadline_leaves_a_failed_job()
    {
        var claimed = await InsertAndClaimAsync(Request() with { ActiveDeadline = TimeSpan.FromSeconds(8) });
        Clock.Advance(TimeSpan.FromSeconds(9));
        await BeatAsync("worker", claimed.Lease);

        await MaintainAfterAsync(LeaseLength);

        Assert.Equal((JobState.Failed, "DeadlineExceeded"), ((await ReadAsync(claimed)).State, (await ReadAsync(claimed)).Failure?.Code));
    }
}
