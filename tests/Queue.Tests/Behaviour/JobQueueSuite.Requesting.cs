namespace PodEngine.Queue.Tests.Behaviour;

public abstract partial class JobQueueSuite
{
    [Fact]
    public async Task A_new_job_is_inserted_as_it_was_asked_for()
    {
        var request = Request("poster") with { Priority = 7 };

        Assert.Equal([UpsertOutcome.Inserted], await Queue.UpsertAsync([request], Cancelled));

        var job = await ReadAsync(request.Id);
        Assert.Equal(JobState.Queued, job.State);
        Assert.Equal(
            (request.Queue, "poster", request.Arguments, 7, 1L, 0),
            (job.Queue, job.Name, job.Arguments, job.Priority, job.Generation, job.Attempts));
        Assert.Equal((Clock.GetUtcNow(), Clock.GetUtcNow()), (job.CreatedAt, job.QueuedAt));
    }

    [Fact]
    public async Task The_same_request_twice_is_one_job()
    {
        var request = Request();
        await InsertAsync(request);

        Assert.Equal([UpsertOutcome.Unchanged], await Queue.UpsertAsync([request with { Priority = 9 }], Cancelled));

        Assert.Equal(0, (await ReadAsync(request.Id)).Priority);
        Assert.Single(await ClaimAsync(limit: 10));
    }

    [Fact]
    public async Task The_same_id_twice_in_one_call_is_one_job()
    {
        var request = Request();

        var outcomes = await Queue.UpsertAsync([request, request, request with { Generation = 2, Priority = 5 }], Cancelled);

        Assert.Equal([UpsertOutcome.Inserted, UpsertOutcome.Unchanged, UpsertOutcome.Updated], outcomes);
        Assert.Equal(5, (await ReadAsync(request.Id)).Priority);
        Assert.Single(await ClaimAsync(limit: 10));
    }

    [Fact]
    public async Task Outcomes_come_in_the_order_of_the_requests()
    {
        var known = Request();
        await InsertAsync(known);

        var outcomes = await Queue.UpsertAsync([Request(), known with { Generation = 2 }, known, Request()], Cancelled);

        Assert.Equal([UpsertOutcome.Inserted, UpsertOutcome.Updated, UpsertOutcome.Unchanged, UpsertOutcome.Inserted], outcomes);
    }

    [Fact]
    public async Task No_requests_are_no_work() => Assert.Empty(await Queue.UpsertAsync([], Cancelled));

    [Fact]
    public async Task A_higher_generation_changes_what_may_change_and_no_fact()
    {
        var request = Request("first");
        await InsertAsync(request);

        await Queue.UpsertAsync(
            [request with { Generation = 2, Priority = 3, Name = "second", Arguments = "{}", Queue = Lane with { Pool = "other" } }], Cancelled);

        var job = await ReadAsync(request.Id);
        Assert.Equal((2L, 3, "first", request.Arguments, Lane), (job.Generation, job.Priority, job.Name, job.Arguments, job.Queue));
    }

    [Fact]
    public async Task A_lower_generation_that_arrives_late_changes_nothing()
    {
        var request = Request();
        await InsertAsync(request with { Generation = 3 });

        Assert.Equal([UpsertOutcome.Unchanged], await Queue.UpsertAsync([request with { Generation = 2, CancelRequested = true }], Cancelled));

        Assert.Equal(JobState.Queued, (await ReadAsync(request.Id)).State);
    }

    [Fact]
    public async Task A_request_no_store_could_keep_refuses_all_with_every_fault_named()
    {
        var good = Request();
        var bad = Request() with { Priority = 1001, Name = "" };

        var refusal = await Assert.ThrowsAsync<ArgumentException>(() => Queue.UpsertAsync([good, bad], Cancelled));

        Assert.Contains("1001", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("name", refusal.Message, StringComparison.Ordinal);
        Assert.Null(await Queue.FindAsync(good.Id, Cancelled));
    }

    [Fact]
    public async Task A_request_with_a_character_no_text_may_contain_is_refused_with_the_fields_named()
    {
        var bad = Request("a\0") with { Arguments = "\0", LimitKey = "b\0", RetryToken = "\0", Queue = Lane with { Pool = "c\0", Namespace = "d\0" } };

        var refusal = await Assert.ThrowsAsync<ArgumentException>(() => Queue.UpsertAsync([bad], Cancelled));

        Assert.All<string>(
            ["name", "arguments", "limit key", "retry token", "pool", "namespace"],
            field => Assert.Contains($"the {field} must not contain the character U+0000", refusal.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_unknown_job_is_not_found() => Assert.Null(await Queue.FindAsync(JobId.New(), Cancelled));

    [Fact]
    public async Task Jobs_are_listed_newest_first_by_installation_and_state()
    {
        var first = await InsertAsync("first");
        var second = await InsertAsync("second");
        await InsertAsync(Request() with { Queue = Lane with { InstallationId = Guid.NewGuid() } });
        await Queue.CancelAsync(first, "Cancelled", Cancelled);

        Assert.Equal([second, first], Ids(await Queue.ListAsync(Lane.InstallationId, null, 10, Cancelled)));
        Assert.Equal([second], Ids(await Queue.ListAsync(Lane.InstallationId, null, 1, Cancelled)));
        Assert.Equal([first], Ids(await Queue.ListAsync(Lane.InstallationId, JobState.Cancelled, 10, Cancelled)));
    }

    [Fact]
    public async Task Jobs_of_every_state_are_listed_by_it_newest_first_and_no_more_than_asked_for()
    {
        await InEveryStateAsync(Lane);
        await InEveryStateAsync(Lane with { InstallationId = Guid.NewGuid() });
        await InEveryStateAsync(Lane);

        foreach (var state in Enum.GetValues<JobState>())
        {
            var listed = await Queue.ListAsync(Lane.InstallationId, state, 10, Cancelled);
            Assert.Equal([(state, $"{state}"), (state, $"{state}")], listed.Select(job => (job.State, job.Name)));
            Assert.True(listed[0].Sequence > listed[1].Sequence);
            Assert.Equal([listed[0].Id], Ids(await Queue.ListAsync(Lane.InstallationId, state, 1, Cancelled)));
        }
    }

    /// <summary>Inserts one job of each state, named as it.</summary>
    private async Task InEveryStateAsync(QueueKey lane)
    {
        await EndAsync(lane, JobState.Completed, new AttemptOutcome.Completed());
        await EndAsync(lane, JobState.Failed, Failure(retryable: false));
        await EndAsync(lane, JobState.Cancelled, new AttemptOutcome.Cancelled("Cancelled"));
        await EndAsync(lane, JobState.Retrying, Failure());
        await EndAsync(lane, JobState.AwaitingApproval, new AttemptOutcome.AwaitingApproval(TimeSpan.FromHours(1)));
        await EndAsync(lane, JobState.Processing, outcome: null);
        await InsertAsync(Request($"{JobState.Suspended}") with { Queue = lane, Suspended = true });
        await InsertAsync(Request($"{JobState.Pending}") with { Queue = lane, StartAfter = Clock.GetUtcNow() + TimeSpan.FromHours(1) });
        await InsertAsync(Request($"{JobState.Queued}") with { Queue = lane });
    }

    private async Task EndAsync(QueueKey lane, JobState state, AttemptOutcome? outcome)
    {
        var pool = lane with { Pool = $"{state}" };
        await InsertAsync(Request($"{state}") with { Queue = pool });
        var worker = $"{lane.InstallationId} {state}";
        await Queue.HeartbeatAsync(new WorkerHeartbeat { WorkerId = worker, Queue = pool, Host = "host", Concurrency = 5, Held = [] }, Cancelled);
        var claimed = Assert.Single(await Queue.ClaimAsync(pool, worker, 5, Cancelled));
        if (outcome is not null)
        {
            await FinishAsync(claimed, outcome);
        }
    }

    [Fact]
    public async Task A_scheduled_job_is_pending_until_its_time_has_come()
    {
        var id = await InsertAsync(Request() with { StartAfter = Clock.GetUtcNow() + TimeSpan.FromMinutes(5) });

        var job = await ReadAsync(id);
        Assert.Equal((JobState.Pending, Clock.GetUtcNow() + TimeSpan.FromMinutes(5)), (job.State, job.RunAt));
        await MaintainAfterAsync(TimeSpan.FromMinutes(4));
        Assert.Empty(await ClaimAsync());

        Assert.Equal(1, await MaintainAfterAsync(TimeSpan.FromMinutes(1)));

        Assert.Equal(JobState.Queued, (await ReadAsync(id)).State);
        Assert.Equal(id, (await ClaimOneAsync()).Lease.Job);
    }

    [Fact]
    public async Task Jobs_inserted_together_may_start_at_once_and_later()
    {
        var atOnce = Request();
        var later = Request() with { StartAfter = Clock.GetUtcNow() + TimeSpan.FromMinutes(5) };

        await Queue.UpsertAsync([atOnce, later], Cancelled);

        Assert.Equal((JobState.Queued, JobState.Pending), ((await ReadAsync(atOnce.Id)).State, (await ReadAsync(later.Id)).State));
    }

    [Fact]
    public async Task A_start_time_in_the_past_is_no_wait()
    {
        var id = await InsertAsync(Request() with { StartAfter = Clock.GetUtcNow() - TimeSpan.FromDays(1) });

        Assert.Equal(JobState.Queued, (await ReadAsync(id)).State);
    }

    [Fact]
    public async Task A_changed_retry_token_queues_an_ended_job_again_once_and_counts_anew()
    {
        var request = Request() with { Retry = new RetryPolicy { MaxRetries = 0 }, RetryToken = "one" };
        await FinishAsync(await InsertAndClaimAsync(request), Failure());
        Assert.Equal(JobState.Failed, (await ReadAsync(request.Id)).State);

        await Queue.UpsertAsync([request with { Generation = 2, RetryToken = "two" }], Cancelled);

        var job = await ReadAsync(request.Id);
        Assert.Equal((JobState.Queued, 0, (DateTimeOffset?)null, (JobFailure?)null), (job.State, job.Attempts, job.FinishedAt, job.Failure));
        Assert.Equal(JobState.Completed, await FinishAsync(await ClaimOneAsync(), new AttemptOutcome.Completed()));

        await Queue.UpsertAsync([request with { Generation = 3, RetryToken = "two" }], Cancelled);
        Assert.Equal(JobState.Completed, (await ReadAsync(request.Id)).State);
    }

    [Fact]
    public async Task A_retry_token_changed_before_the_end_queues_nothing_again()
    {
        var request = Request();
        var claimed = await InsertAndClaimAsync(request);
        await Queue.UpsertAsync([request with { Generation = 2, RetryToken = "early" }], Cancelled);

        await FinishAsync(claimed, Failure(retryable: false));

        Assert.Equal(JobState.Failed, (await ReadAsync(request.Id)).State);
    }

    [Fact]
    public async Task A_job_cancelled_by_its_request_stays_cancelled_whatever_its_retry_token()
    {
        var request = Request() with { CancelRequested = true };
        await InsertAsync(request);

        await Queue.UpsertAsync([request with { Generation = 2, RetryToken = "again" }], Cancelled);

        Assert.Equal(JobState.Cancelled, (await ReadAsync(request.Id)).State);
    }

    private static IEnumerable<JobId> Ids(IEnumerable<JobRecord> jobs) => jobs.Select(job => job.Id);
}
