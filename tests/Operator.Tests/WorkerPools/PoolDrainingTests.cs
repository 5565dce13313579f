using PodEngine.Kit;
using PodEngine.Kubernetes.Objects;
using PodEngine.Kubernetes.Objects.Apps;
using PodEngine.Operator.Tests.Kit;
using PodEngine.Resources.PodJobs;

namespace PodEngine.Operator.Tests.WorkerPools;

/// <summary>Pausing and shrinking a pool whose workers run; the ReplicaSet controller is the real one.</summary>
public class PoolDrainingTests
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(60);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Idle_workers_leave_first_and_replicas_drop_only_after_they_are_not_ready()
    {
        await using var world = await OperatorWorld.CreateAsync();
        await using var running = RunningOperator.Start(world);
        await world.ApplyPoolAsync(spec: "  replicas: 3");
        var workers = await ReadyAsync(world, 3);
        var busy = await BusyAsync(world, workers);

        (await world.Space.KubectlAsync(["scale", "workerpool", "default", "--replicas=1"])).Expect();

        var seen = new List<(int Replicas, int NotReady)>();
        await Eventually.Holds(async () =>
        {
            seen.Add(((await DeploymentAsync(world)).Spec!.Replicas!.Value, workers.TurnedNotReady));
            await workers.BeatAsync();
            return workers.Pods.Count == 1;
        }, Long, "two of three workers leave");
        Assert.Equal([busy], workers.Pods);
        Assert.All(seen, static moment => Assert.True(moment.Replicas >= 3 - moment.NotReady, $"{moment}"));
        await world.InPhaseAsync("long", PodJobPhase.Processing);
    }

    [Fact]
    public async Task Holding_a_pool_replaces_no_pod_and_its_workers_get_no_job_until_it_goes_on()
    {
        await using var world = await OperatorWorld.CreateAsync();
        await using var running = RunningOperator.Start(world);
        await world.ApplyPoolAsync();
        var workers = await ReadyAsync(world, 1);
        var worker = Assert.Single(workers.Pods);
        await world.ApplyJobAsync("one");
        await world.InPhaseAsync("one", PodJobPhase.Queued);
        var before = await DeploymentAsync(world);

        await PauseAsync(world, "Hold");
        await workers.BeatAsync();
        Assert.False(await workers.CanClaimAsync(worker));

        await PauseAsync(world, "None");
        await workers.BeatAsync();
        Assert.True(await workers.CanClaimAsync(worker));
        Assert.Equal([worker], workers.Pods);
        Assert.Equal(before.Metadata.Generation, (await DeploymentAsync(world)).Metadata.Generation);
    }

    [Fact]
    public async Task A_draining_pool_comes_to_none_as_its_workers_fall_idle_and_replaces_no_pod()
    {
        await using var world = await OperatorWorld.CreateAsync();
        await using var running = RunningOperator.Start(world);
        await world.ApplyPoolAsync(spec: "  replicas: 2");
        var workers = await ReadyAsync(world, 2);
        var busy = await BusyAsync(world, workers);

        await PauseAsync(world, "Drain");
        await Eventually.Passes(async () =>
        {
            await workers.BeatAsync();
            Assert.Equal([busy], workers.Pods);
            Assert.Equal("True/Draining", await ConditionAsync(world, "Progressing"));
            Assert.Contains("still finish", Conditions.Find((await world.PoolAsync()).Status!.Conditions, "Reconciling")!.Message, StringComparison.Ordinal);
        }, Long);
        Assert.Equal(1, (await DeploymentAsync(world)).Spec!.Replicas);

        await workers.CompleteAsync(busy);
        await Eventually.Passes(async () =>
        {
            await workers.BeatAsync();
            Assert.Empty(workers.Pods);
            Assert.Equal("False/Settled", await ConditionAsync(world, "Progressing"));
        }, Long);
        Assert.Equal(0, (await DeploymentAsync(world)).Spec!.Replicas);
    }

    [Fact]
    public async Task A_draining_pool_keeps_its_workers_while_PostgreSQL_is_away()
    {
        await using var world = await OperatorWorld.CreateAsync();
        await using var proxy = world.Database.Server.CreateProxy();
        await using var running = RunningOperator.Start(world, world.Database.UriVia(proxy));
        await world.ApplyPoolAsync(spec: "  replicas: 2");
        var workers = await ReadyAsync(world, 2);

        proxy.RefuseNew();
        proxy.CutAll();
        await PatchAsync(world, "Drain");
        await Eventually.Passes(async () =>
        {
            await workers.BeatAsync();
            var shown = Conditions.Find((await world.PoolAsync()).Status!.Conditions, "Progressing")!;
            Assert.Contains("PostgreSQL cannot be reached", shown.Message, StringComparison.Ordinal);
        }, Long);
        Assert.Equal(2, (await DeploymentAsync(world)).Spec!.Replicas);

        proxy.Resume();
        await Eventually.Holds(async () =>
        {
            await workers.BeatAsync();
            return workers.Pods.Count == 0;
        }, Long, "the workers leave once the database is back");
    }

    /// <summary>Waits until a pool has workers and all are ready.</summary>
    private static async Task<SimulatedWorkers> ReadyAsync(OperatorWorld world, int count)
    {
        var workers = new SimulatedWorkers(world);
        await Eventually.Passes(async () =>
        {
            await workers.BeatAsync();
            Assert.Equal(count, (await world.PoolAsync()).Status!.ReadyReplicas);
        }, Long);
        return workers;
    }

    /// <summary>Gives one of the workers a job, and returns its name.</summary>
    private static async Task<string> BusyAsync(OperatorWorld world, SimulatedWorkers workers)
    {
        await world.ApplyJobAsync("long");
        await world.InPhaseAsync("long", PodJobPhase.Queued);
        var busy = workers.Pods[^1];
        await workers.BeatAsync();
        await workers.ClaimAsync(busy);
        return busy;
    }

    /// <summary>Pauses a pool, or lets it go on, and returns once its status says so.</summary>
    private static async Task PauseAsync(OperatorWorld world, string mode)
    {
        await PatchAsync(world, mode);
        await Eventually.Passes(async () => Assert.Equal(mode == "None" ? "False/NotPaused" : $"True/{mode}", await ConditionAsync(world, "Paused")));
    }

    private static async Task PatchAsync(OperatorWorld world, string mode) =>
        (await world.Space.KubectlAsync(["patch", "workerpool", "default", "--type=merge", "-p", $$$"""{"spec":{"paused":"{{{mode}}}"}}"""])).Expect();

    private static async Task<string> ConditionAsync(OperatorWorld world, string type) =>
        Conditions.Find((await world.PoolAsync()).Status!.Conditions, type) is { } found ? $"{found.Status}/{found.Reason}" : "missing";

    private static Task<Deployment> DeploymentAsync(OperatorWorld world) =>
        world.Client.GetAsync(BuiltIn.Deployments, new ResourceKey(world.Namespace, "default-workers"), Token);
}
