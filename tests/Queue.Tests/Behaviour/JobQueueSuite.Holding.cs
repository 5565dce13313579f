using PodEngine.Queue.Steering;

namespace PodEngine.Queue.Tests.Behaviour;

public abstract partial class JobQueueSuite
{
    private IWorkerSteering Workers => (IWorkerSteering)Queue;

    [Fact]
    public async Task Jobs_of_a_held_queue_are_claimed_when_it_goes_on_and_not_before()
    {
        var waiting = await InsertAsync();
        await Workers.HoldAsync(Lane, true, Cancelled);
        var later = await InsertAsync();
        Assert.Empty(await ClaimAsync(limit: 10));

        await Workers.HoldAsync(Lane, false, Cancelled);

        Assert.Equal([waiting, later], (await ClaimAsync(limit: 10)).Select(job => job.Lease.Job));
    }

    [Fact]
    public async Task A_queue_can_be_held_before_anybody_used_it_and_is_then_held_for_every_limit()
    {
        await Workers.HoldAsync(Lane, true, Cancelled);
        await Workers.HoldAsync(Lane, true, Cancelled);
        await InsertAsync(Request() with { LimitKey = "printify/one" });
        await InsertAsync();
        Assert.Empty(await ClaimAsync(limit: 10));

        await Workers.HoldAsync(Lane, false, Cancelled);

        Assert.Equal(2, (await ClaimAsync(limit: 10)).Count);
    }

    [Fact]
    public async Task Holding_a_queue_leaves_the_others_alone()
    {
        var elsewhere = Lane with { Pool = "other" };
        var there = await InsertAsync(Request() with { Queue = elsewhere });
        await BeatAsync("worker");

        await Workers.HoldAsync(Lane, true, Cancelled);

        Assert.Equal(there, Assert.Single(await Queue.ClaimAsync(elsewhere, "worker", 10, Cancelled)).Lease.Job);
    }

    [Fact]
    public async Task What_is_at_work_in_a_held_queue_goes_on_to_its_end()
    {
        var job = await InsertAndClaimAsync();
        await Workers.HoldAsync(Lane, true, Cancelled);

        var told = await BeatAsync("worker", job.Lease);

        Assert.Equal((0, 0, 0), (told.Lost.Count, told.CancelRequested.Count, told.SuspendRequested.Count));
        Assert.False(told.DrainRequested);
        Assert.Equal(JobState.Completed, await FinishAsync(job, new AttemptOutcome.Completed()));
    }

    [Fact]
    public async Task A_queue_that_goes_on_wakes_those_who_wait_for_work()
    {
        await Workers.HoldAsync(Lane, true, Cancelled);
        await InsertAsync();
        await Queue.WaitForWorkAsync(Lane, TimeSpan.Zero, Cancelled);
        Assert.False(await Queue.WaitForWorkAsync(Lane, TimeSpan.Zero, Cancelled));

        await Workers.HoldAsync(Lane, false, Cancelled);

        Assert.True(await Queue.WaitForWorkAsync(Lane, TimeSpan.Zero, Cancelled));
    }
}
