namespace PodEngine.Queue.Tests.Behaviour;

public abstract partial class JobQueueSuite
{
    [Fact]
    public async Task A_worker_is_known_by_what_it_says_and_what_it_holds()
    {
        var started = Clock.GetUtcNow();
        await BeatAsync("worker");
        var job = await InsertAndClaimAsync();
        Clock.Advance(TimeSpan.FromSeconds(2));
        await Queue.HeartbeatAsync(
            new WorkerHeartbeat
            {
                WorkerId = "worker",
                Queue = Lane,
                Host = "node-1",
                Concurrency = 7,
                Held = [job.Lease],
                Draining = true,
                JobsCompleted = 5,
                AttemptsFailed = 2,
            },
            Cancelled);

        var known = Assert.Single(await Queue.ListWorkersAsync(Lane.InstallationId, Cancelled));

        Assert.Equal(("worker", Lane, "node-1", 7, true, 5L, 2L), (known.Id, known.Queue, known.Host, known.Concurrency, known.Draining, known.JobsCompleted, known.AttemptsFailed));
        Assert.Equal((started, Clock.GetUtcNow(), true), (known.StartedAt, known.LastSeen, known.IsAlive));
        Assert.Equal([job.Lease.Job], known.Jobs);
    }

    [Fact]
    public async Task A_silent_worker_is_shown_as_such_for_an_hour_and_one_that_left_is_not_shown()
    {
        await BeatAsync("silent");
        await BeatAsync("left");
        await Queue.DeregisterAsync("left", Cancelled);
        Clock.Advance(LeaseLength);

        Assert.False(Assert.Single(await Queue.ListWorkersAsync(Lane.InstallationId, Cancelled)).IsAlive);
        Clock.Advance(TimeSpan.FromHours(1));
        Assert.Empty(await Queue.ListWorkersAsync(Lane.InstallationId, Cancelled));
        Assert.Empty(await Queue.ListWorkersAsync(Guid.NewGuid(), Cancelled));
    }
}
