using Microsoft.Extensions.Logging.Abstractions;
using PodEngine.Operator.PodJobs;
using PodEngine.Operator.Tests.Kit;
using PodEngine.Operator.Watching;
using PodEngine.Queue;

namespace PodEngine.Operator.Tests.PodJobs;

public class GonePodJobsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_PodJob_is_gone_when_the_API_server_has_none_of_its_name_and_uid()
    {
        await using var world = await OperatorWorld.CreateAsync();
        await world.MigrateAsync();
        await world.ApplyJobAsync("there");
        var there = await InsertAsync(world, Guid.Parse((await world.JobAsync("there")).Metadata.Uid!), "there");
        var predecessor = await InsertAsync(world, Guid.NewGuid(), "there");
        var gone = await InsertAsync(world, Guid.NewGuid(), "gone");

        var all = Watching(world, null);
        Assert.False(await all.IncludesAsync(there, Token));
        Assert.True(await all.IncludesAsync(predecessor, Token));
        Assert.True(await all.IncludesAsync(gone, Token));
        Assert.False(await all.IncludesAsync(JobId.New(), Token));
        Assert.True(await Watching(world, world.Namespace).IncludesAsync(gone, Token));
        Assert.False(await Watching(world, "elsewhere").IncludesAsync(gone, Token));
    }

    private static GonePodJobs Watching(OperatorWorld world, string? watchNamespace) =>
        new(world.Queue, new ClusterView(world.Client, watchNamespace, TimeProvider.System, NullLogger.Instance), world.Client, watchNamespace);

    private static async Task<JobId> InsertAsync(OperatorWorld world, Guid uid, string name)
    {
        var request = new JobRequest { Id = new JobId(uid), Queue = new QueueKey(world.InstallationId, world.Namespace, "default"), Name = name, Arguments = "{}" };
        await world.Queue.UpsertAsync([request], Token);
        return request.Id;
    }
}
