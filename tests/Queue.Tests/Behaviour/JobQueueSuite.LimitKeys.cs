namespace PodEngine.Queue.Tests.Behaviour;

public abstract partial class JobQueueSuite
{
    private static readonly AttemptOutcome Saturated = new AttemptOutcome.Snoozed(TimeSpan.FromSeconds(30), "BudgetExhausted", HoldKey: true);

    [Fact]
    public async Task Jobs_of_a_saturated_key_are_passed_over_and_hold_up_nobody()
    {
        var busy = Enumerable.Range(0, 40).Select(_ => Request() with { LimitKey = "printify/one" }).ToList();
        await Queue.UpsertAsync([.. busy], Cancelled);
        var first = await ClaimOneAsync();
        Assert.Equal(JobState.Retrying, await FinishAsync(first, Saturated));
        var other = await InsertAsync(Request() with { LimitKey = "printify/two" });
        var free = await InsertAsync(Request());

        Assert.Equal([other, free], (await ClaimAsync(limit: 10)).Select(job => job.Lease.Job));
        Assert.Equal(0, (await ReadAsync(first)).Attempts);
    }

    [Fact]
    public async Task A_key_is_free_again_when_its_time_has_come()
    {
        var requests = Enumerable.Range(0, 3).Select(_ => Request() with { LimitKey = "printify/one" }).ToList();
        await Queue.UpsertAsync([.. requests], Cancelled);
        await FinishAsync(await ClaimOneAsync(), Saturated);
        Assert.Empty(await ClaimAsync(limit: 10));

        await MaintainAfterAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(requests.Select(request => request.Id).Order(ById), (await ClaimAsync(limit: 10)).Select(job => job.Lease.Job).Order(ById));
    }

    [Fact]
    public async Task A_key_saturated_in_one_queue_is_another_ones_own_affair()
    {
        await InsertAsync(Request() with { LimitKey = "printify/one" });
        await FinishAsync(await ClaimOneAsync(), Saturated);
        var elsewhere = Lane with { Pool = "other" };
        var there = await InsertAsync(Request() with { Queue = elsewhere, LimitKey = "printify/one" });

        Assert.Equal(there, Assert.Single(await Queue.ClaimAsync(elsewhere, "worker", 10, Cancelled)).Lease.Job);
    }

    [Fact]
    public async Task A_snooze_that_holds_no_key_puts_off_one_job_only()
    {
        await Queue.UpsertAsync([Request() with { LimitKey = "printify/one" }, Request() with { LimitKey = "printify/one" }], Cancelled);
        await FinishAsync(await ClaimOneAsync(), new AttemptOutcome.Snoozed(TimeSpan.FromSeconds(30), "Busy"));

        Assert.Single(await ClaimAsync(limit: 10));
    }

    [Fact]
    public async Task Jobs_of_different_keys_are_claimed_in_one_order()
    {
        var requests = new[] { "b", null, "a", "b", null }.Select(key => Request() with { LimitKey = key }).ToList();
        await Queue.UpsertAsync([.. requests], Cancelled);

        Assert.Equal(requests[..3].Select(request => request.Id), (await ClaimAsync(limit: 3)).Select(job => job.Lease.Job));
        Assert.Equal(requests[3..].Select(request => request.Id), (await ClaimAsync(limit: 3)).Select(job => job.Lease.Job));
    }

    private static Comparer<JobId> ById { get; } = Comparer<JobId>.Create((left, right) => left.Value.CompareTo(right.Value));
}
