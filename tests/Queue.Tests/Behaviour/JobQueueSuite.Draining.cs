using PodEngine.Queue.Steering;

namespace PodEngine.Queue.Tests.Behaviour;

public abstract partial class JobQueueSuite
{
    [Fact]
    public async Task An_asked_worker_gets_no_more_jobs_also_before_it_has_heard_of_it()
    {
        await BeatAsync("worker");
        await InsertAsync();

        Assert.Equal(["worker"], Asked(await DrainAsync(1)));

        Assert.Empty(await Queue.ClaimAsync(Lane, "worker", 10, Cancelled));
        Assert.True((await BeatAsync("worker")).DrainRequested);
        Assert.Single(await ClaimAsync("other"));
    }

    [Fact]
    public async Task As_many_workers_are_asked_as_shall_go_the_youngest_of_the_idle_ones_first()
    {
        await BeatInTurnAsync("first", "second", "third");

        Assert.Equal(["second", "third"], Asked(await DrainAsync(2)));
        Assert.Equal(["first", "second", "third"], Asked(await DrainAsync(7)));
        Assert.Empty(Asked(await DrainAsync(0)));
    }

    [Fact]
    public async Task A_worker_that_is_no_longer_asked_is_told_and_claims_again()
    {
        await BeatAsync("worker");
        await InsertAsync();
        await DrainAsync(1);

        await DrainAsync(0);

        Assert.False((await BeatAsync("worker")).DrainRequested);
        Assert.Single(await ClaimAsync());
    }

    [Fact]
    public async Task Who_is_asked_already_stays_asked_when_one_more_comes()
    {
        await BeatInTurnAsync("first", "second");
        Assert.Equal(["second"], Asked(await DrainAsync(1)));

        await BeatInTurnAsync("third");

        Assert.Equal(["second"], Asked(await DrainAsync(1)));
    }

    [Fact]
    public async Task Workers_that_hold_jobs_are_asked_when_the_idle_ones_are_too_few_and_then_those_with_the_fewest()
    {
        await BeatInTurnAsync("idle", "busier", "busy");
        await Queue.UpsertAsync([Request(), Request(), Request()], Cancelled);
        Assert.Equal(2, (await Queue.ClaimAsync(Lane, "busier", 2, Cancelled)).Count);
        Assert.Single(await Queue.ClaimAsync(Lane, "busy", 1, Cancelled));

        Assert.Equal(["idle"], Asked(await DrainAsync(1)));
        Assert.Equal(["busy", "idle"], Asked(await DrainAsync(2)));
        Assert.Equal([("busier", 2), ("busy", 1), ("idle", 0)], (await DrainAsync(2)).Workers.Select(worker => (worker.Id, worker.Jobs)));
    }

    [Fact]
    public async Task Of_workers_that_hold_jobs_none_is_asked_where_only_idle_ones_may_be()
    {
        await BeatInTurnAsync("idle", "busy");
        await InsertAsync();
        var job = Assert.Single(await Queue.ClaimAsync(Lane, "busy", 1, Cancelled));
        await DrainAsync(2);

        Assert.Equal(["idle"], Asked(await DrainAsync(2, idleOnly: true)));
        await FinishAsync(job, new AttemptOutcome.Completed());
        Assert.Equal(["busy", "idle"], Asked(await DrainAsync(2, idleOnly: true)));
    }

    [Fact]
    public async Task A_worker_that_falls_idle_is_asked_in_the_place_of_one_that_works()
    {
        await BeatInTurnAsync("first", "second");
        await Queue.UpsertAsync([Request(), Request()], Cancelled);
        var job = Assert.Single(await Queue.ClaimAsync(Lane, "first", 1, Cancelled));
        Assert.Single(await Queue.ClaimAsync(Lane, "second", 1, Cancelled));
        Assert.Equal(["second"], Asked(await DrainAsync(1)));

        await FinishAsync(job, new AttemptOutcome.Completed());

        Assert.Equal(["first"], Asked(await DrainAsync(1)));
    }

    [Fact]
    public async Task Only_what_a_worker_says_after_it_was_asked_is_its_answer()
    {
        await BeatAsync("worker");
        await DrainAsync(1);
        Assert.False(Assert.Single((await DrainAsync(1)).Workers).HasAcknowledged);

        await BeatDrainingAsync("worker");
        Assert.True(Assert.Single((await DrainAsync(1)).Workers).HasAcknowledged);

        // Let go on, it is not asked again before it has said that it does: its old word would pass for an answer.
        await DrainAsync(0);
        Assert.Empty(Asked(await DrainAsync(1)));
        await BeatAsync("worker");
        Assert.Equal(["worker"], Asked(await DrainAsync(1)));
        Assert.False(Assert.Single((await DrainAsync(1)).Workers).HasAcknowledged);
    }

    [Fact]
    public async Task Workers_that_are_silent_or_stop_by_themselves_or_work_elsewhere_are_not_asked()
    {
        await BeatAsync("silent");
        Clock.Advance(LeaseLength);
        await BeatAsync("worker");
        await BeatDrainingAsync("stopping");
        await Queue.HeartbeatAsync(
            new WorkerHeartbeat { WorkerId = "elsewhere", Queue = Lane with { Pool = "other" }, Host = "host", Concurrency = 1, Held = [] }, Cancelled);

        var report = await DrainAsync(10);

        Assert.Equal(["worker"], Asked(report));
        Assert.Equal(["stopping", "worker"], report.Workers.Select(worker => worker.Id));
    }

    [Fact]
    public async Task A_worker_that_was_silent_while_the_others_were_let_go_on_is_let_go_on_too()
    {
        await BeatAsync("worker");
        await DrainAsync(1);
        Clock.Advance(LeaseLength);

        await DrainAsync(0);

        Assert.False((await BeatAsync("worker")).DrainRequested);
    }

    private Task<DrainReport> DrainAsync(int workers, bool idleOnly = false) => Workers.DrainAsync(Lane, workers, idleOnly, Cancelled);

    private static IEnumerable<string> Asked(DrainReport report) => report.Workers.Where(worker => worker.IsAsked).Select(worker => worker.Id);

    /// <summary>Workers that started one after the other.</summary>
    private async Task BeatInTurnAsync(params string[] workers)
    {
        foreach (var worker in workers)
        {
            await BeatAsync(worker);
            Clock.Advance(TimeSpan.FromSeconds(1));
        }
    }

    private Task<HeartbeatReply> BeatDrainingAsync(string worker) => Queue.HeartbeatAsync(
        new WorkerHeartbeat { WorkerId = worker, Queue = Lane, Host = "host", Concurrency = 5, Held = [], Draining = true }, Cancelled);
}
