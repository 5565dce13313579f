namespace PodEngine.Queue.Tests.Behaviour;

public abstract partial class JobQueueSuite
{
    [Fact]
    public async Task Jobs_of_one_priority_are_claimed_first_in_first_out()
    {
        var requests = Enumerable.Range(0, 5).Select(index => Request($"job-{index}")).ToList();
        await Queue.UpsertAsync(requests[..3], Cancelled);
        Clock.Advance(TimeSpan.FromMilliseconds(1));
        await Queue.UpsertAsync(requests[3..], Cancelled);

        var claimed = await ClaimAsync(limit: 10);

        Assert.Equal(requests.Select(request => request.Id), claimed.Select(job => job.Lease.Job));
    }

    [Fact]
    public async Task Higher_priority_is_claimed_first()
    {
        var low = await InsertAsync("low", -5);
        var normal = await InsertAsync("normal");
        var high = await InsertAsync("high", 5);

        var claimed = await ClaimAsync(limit: 3);

        Assert.Equal([high, normal, low], claimed.Select(job => job.Lease.Job));
    }

    [Fact]
    public async Task A_job_that_waited_a_minute_per_step_of_priority_goes_before_a_newer_higher_one()
    {
        var old = await InsertAsync("old", 0);
        Clock.Advance(TimeSpan.FromMinutes(10) + TimeSpan.FromSeconds(1));
        var young = await InsertAsync("young", 10);

        Assert.Equal([old, young], (await ClaimAsync(limit: 2)).Select(job => job.Lease.Job));
    }

    [Fact]
    public async Task A_newer_higher_job_goes_first_while_the_older_has_not_waited_long_enough()
    {
        var old = await InsertAsync("old", 0);
        Clock.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromSeconds(1));
        var young = await InsertAsync("young", 10);

        Assert.Equal([young, old], (await ClaimAsync(limit: 2)).Select(job => job.Lease.Job));
    }

    [Fact]
    public async Task A_changed_priority_moves_a_waiting_job()
    {
        var first = Request("first");
        var second = Request("second");
        await Queue.UpsertAsync([first, second], Cancelled);

        await Queue.UpsertAsync([second with { Generation = 2, Priority = 1 }], Cancelled);

        Assert.Equal([second.Id, first.Id], (await ClaimAsync(limit: 2)).Select(job => job.Lease.Job));
    }

    [Fact]
    public async Task A_claimed_job_brings_what_its_worker_needs()
    {
        var request = Request("mug") with { ActiveDeadline = TimeSpan.FromMinutes(20), Approval = ApprovalDecision.Approved };

        var claimed = await InsertAndClaimAsync(request, "alice");

        Assert.Equal(
            ("mug", request.Arguments, 1, 4, TimeSpan.FromMinutes(20), (ApprovalDecision?)ApprovalDecision.Approved),
            (claimed.Name, claimed.Arguments, claimed.Attempt, claimed.MaxAttempts, claimed.DeadlineRemaining, claimed.Approval));
        var job = await ReadAsync(claimed);
        Assert.Equal((JobState.Processing, "alice", 1, (DateTimeOffset?)Clock.GetUtcNow()), (job.State, job.Worker, job.Attempts, job.StartedAt));
    }

    [Fact]
    public async Task A_claimed_job_is_not_claimed_again()
    {
        await InsertAndClaimAsync();

        Assert.Empty(await ClaimAsync("other", limit: 10));
    }

    [Fact]
    public async Task A_claim_takes_at_most_its_limit()
    {
        await Queue.UpsertAsync([Request(), Request(), Request()], Cancelled);

        Assert.Equal(2, (await ClaimAsync(limit: 2)).Count);
        Assert.Single(await ClaimAsync(limit: 2));
        Assert.Empty(await ClaimAsync(limit: 2));
    }

    [Fact]
    public async Task Lanes_do_not_see_each_others_jobs()
    {
        await InsertAsync(Request() with { Queue = Lane with { Pool = "other" } });
        await InsertAsync(Request() with { Queue = Lane with { Namespace = "other" } });
        await InsertAsync(Request() with { Queue = Lane with { InstallationId = Guid.NewGuid() } });

        Assert.Empty(await ClaimAsync(limit: 10));
    }

    [Fact]
    public async Task Claimers_at_the_same_time_never_get_the_same_job()
    {
        await Queue.UpsertAsync([.. Enumerable.Range(0, 120).Select(index => Request($"job-{index}"))], Cancelled);
        string[] workers = ["a", "b", "c", "d"];

        var claimed = await Task.WhenAll(workers.Select(DrainAsync));

        var all = claimed.SelectMany(leases => leases).ToList();
        Assert.Equal(120, all.Count);
        Assert.Equal(120, all.Select(lease => lease.Job).Distinct().Count());

        async Task<List<JobLease>> DrainAsync(string worker)
        {
            await BeatAsync(worker);
            var taken = new List<JobLease>();
            while (await Queue.ClaimAsync(Lane, worker, 7, Cancelled) is { Count: > 0 } batch)
            {
                taken.AddRange(batch.Select(job => job.Lease));
                await Task.Yield();
            }

            return taken;
        }
    }

    [Fact]
    public async Task Tokens_grow_with_every_claim()
    {
        var first = await InsertAndClaimAsync();
        await FinishAsync(first, new AttemptOutcome.HandedBack());

        Assert.True((await ClaimOneAsync()).Lease.Token > first.Lease.Token);
    }

    [Fact]
    public async Task A_worker_that_was_never_heard_of_gets_nothing()
    {
        await InsertAsync();

        Assert.Empty(await Queue.ClaimAsync(Lane, "stranger", 1, Cancelled));
    }

    [Fact]
    public async Task A_worker_that_was_silent_for_a_lease_length_gets_nothing_before_its_next_heartbeat()
    {
        await InsertAsync();
        await BeatAsync("frozen");
        Clock.Advance(LeaseLength);

        Assert.Empty(await Queue.ClaimAsync(Lane, "frozen", 1, Cancelled));
        Assert.Single(await ClaimAsync("frozen"));
    }

    [Fact]
    public async Task Depth_counts_what_waits_what_is_scheduled_what_runs_and_who_lives()
    {
        Assert.Equal(new QueueDepth(0, 0, 0, null, 0), await Queue.MeasureAsync(Lane, Cancelled));
        var since = Clock.GetUtcNow();
        await Queue.UpsertAsync([Request("a", 5), Request("b"), Request("c")], Cancelled);
        await InsertAsync(Request() with { StartAfter = since + TimeSpan.FromHours(1) });
        await InsertAsync(Request() with { Queue = Lane with { Pool = "other" } });
        await InsertAsync(Request() with { Suspended = true });
        Clock.Advance(TimeSpan.FromSeconds(1));
        await ClaimOneAsync("busy");
        await BeatAsync("idle");

        Assert.Equal(new QueueDepth(2, 1, 1, since, 2), await Queue.MeasureAsync(Lane, Cancelled));
    }

    [Fact]
    public async Task Work_that_arrives_wakes_who_waits_for_it()
    {
        var waiting = Queue.WaitForWorkAsync(Lane, TimeSpan.FromMinutes(1), Cancelled);

        await InsertAsync();

        await waiting.WaitAsync(TimeSpan.FromSeconds(2), Cancelled);
    }

    [Fact]
    public async Task Work_that_arrives_between_an_empty_claim_and_the_wait_is_not_slept_over()
    {
        Assert.Empty(await ClaimAsync());
        await InsertAsync();

        await Queue.WaitForWorkAsync(Lane, TimeSpan.FromMinutes(1), Cancelled).WaitAsync(TimeSpan.FromSeconds(2), Cancelled);
    }

    [Fact]
    public async Task A_change_wakes_the_mirror()
    {
        var waiting = Queue.WaitForChangesAsync(TimeSpan.FromMinutes(1), Cancelled);

        await InsertAsync();

        await waiting.WaitAsync(TimeSpan.FromSeconds(2), Cancelled);
    }

    [Fact]
    public async Task Waiting_in_vain_ends_after_the_time_given()
    {
        var lane = Lane with { Pool = "empty" };

        await Queue.WaitForWorkAsync(lane, TimeSpan.FromMilliseconds(20), Cancelled).WaitAsync(TimeSpan.FromSeconds(5), Cancelled);
        await Queue.WaitForChangesAsync(TimeSpan.FromMilliseconds(20), Cancelled).WaitAsync(TimeSpan.FromSeconds(5), Cancelled);
    }
}
