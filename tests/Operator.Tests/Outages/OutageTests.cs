using PodEngine.Kit;
using PodEngine.Kubernetes.Objects;
using PodEngine.Operator.Tests.Kit;
using PodEngine.Resources.PodJobs;

namespace PodEngine.Operator.Tests.Outages;

public class OutageTests
{
    /// <summary>What the product promises: everything goes on this soon after the cause is mended.</summary>
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Jobs_wait_while_PostgreSQL_is_away_at_the_start_and_later_and_go_on_when_it_returns()
    {
        await using var world = await OperatorWorld.CreateAsync();
        await using var proxy = world.Database.Server.CreateProxy();
        proxy.RefuseNew();
        await using var running = RunningOperator.Start(world, world.Database.UriVia(proxy));
        await world.ApplyPoolAsync();
        await world.ApplyJobAsync("early");

        var waiting = await world.WithConditionAsync("early", "Accepted", "Unknown/DatabaseUnavailable");
        Assert.Contains("DATABASE_URL", Conditions.Find(waiting.Status!.Conditions, "Accepted")!.Message, StringComparison.Ordinal);
        Assert.Contains(running.Log.Lines, line => line.Contains($"127.0.0.1:{proxy.Port}", StringComparison.Ordinal));

        proxy.Resume();
        await world.InPhaseAsync("early", PodJobPhase.Queued, Promised);
        Assert.Equal(1, StatusWrites(world, "early") - StatusWritesOfAcceptance);

        proxy.RefuseNew();
        proxy.CutAll();
        await world.ApplyJobAsync("late");
        await world.WithConditionAsync("late", "Accepted", "Unknown/DatabaseUnavailable");
        await world.DeleteJobAsync("early");
        proxy.Resume();
        await world.InPhaseAsync("late", PodJobPhase.Queued, Promised);
        await Eventually.Holds(
            async () => (await world.RowAsync(waiting))!.State == Queue.JobState.Cancelled, Promised, "the job deleted during the outage is cancelled");
    }

    [Fact]
    public async Task Cut_connections_to_the_API_server_lose_nothing()
    {
        await using var world = await OperatorWorld.CreateAsync();
        await using var proxy = world.Plane.CreateProxy();
        await using var running = RunningOperator.Start(world, kubeconfig: world.Plane.KubeconfigVia(proxy));
        await world.ApplyPoolAsync();
        await world.ApplyJobAsync("before");
        var before = await world.InPhaseAsync("before", PodJobPhase.Queued);

        proxy.RefuseNew();
        proxy.CutAll();
        await world.ApplyJobAsync("during");
        await world.DeleteJobAsync("before");
        proxy.Resume();

        await world.InPhaseAsync("during", PodJobPhase.Queued, Promised);
        await Eventually.Holds(async () => (await world.RowAsync(before))!.State == Queue.JobState.Cancelled, Promised, "the deleted job is cancelled");
    }

    /// <summary>The mirror's write of the accepted job.</summary>
    private const int StatusWritesOfAcceptance = 1;

    private static int StatusWrites(OperatorWorld world, string name) => world.Plane.ReadAudit().Count(entry =>
        entry.Namespace == world.Namespace && entry.Name == name && entry is { Resource: "podjobs", Subresource: "status", Verb: "patch", Code: 200 });
}
