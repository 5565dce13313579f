using PodEngine.Kit;
using PodEngine.Operator.Tests.Kit;
using PodEngine.Queue;
using PodEngine.Resources.PodJobs;

namespace PodEngine.Operator.Tests.PodJobs;

public class OrphanSweepTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task So_many_missing_PodJobs_look_like_the_wrong_cluster_and_nothing_is_cancelled()
    {
        await using var world = await OperatorWorld.CreateAsync();
        await world.MigrateAsync();
        await world.Queue.UpsertAsync([.. Enumerable.Range(0, 25).Select(Orphan)], Token);
        await using var running = RunningOperator.Start(world);

        await Eventually.Holds(() => running.Log.Lines.Any(line => line.Contains("25 of 25 unfinished jobs have no PodJob", StringComparison.Ordinal)));
        await Eventually.Passes(async () => Assert.Equal(["SweepStopped"], await world.EventsAsync("podengine-installation")));

        // By the time a new job has gone through, the sweep is over.
        await world.ApplyPoolAsync();
        await world.ApplyJobAsync("cats");
        await world.InPhaseAsync("cats", PodJobPhase.Queued);
        Assert.Empty(await world.Queue.ListAsync(world.InstallationId, JobState.Cancelled, 100, Token));

        JobRequest Orphan(int index) => new()
        {
            Id = JobId.New(),
            Queue = new QueueKey(world.InstallationId, world.Namespace, "default"),
            Name = $"orphan-{index}",
            Arguments = "{}",
        };
    }
}
