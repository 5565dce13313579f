using PodEngine.Kit;
using PodEngine.Kubernetes.Objects;
using PodEngine.Kubernetes.Objects.Apps;
using PodEngine.Operator.Tests.Kit;
using PodEngine.Resources.PodJobs;
using PodEngine.Resources.WorkerPools;

namespace PodEngine.Operator.Tests.WorkerPools;

public class WorkerPoolTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_pool_becomes_a_deployment_that_follows_kubectl_scale_and_counts_back()
    {
        await using var world = await OperatorWorld.CreateAsync();
        await using var running = RunningOperator.Start(world);
        await world.ApplyPoolAsync();

        var deployment = await DeploymentAsync(world, replicas: 1);
        var owner = Assert.Single(deployment.Metadata.OwnerReferences!);
        Assert.Equal(("WorkerPool", "default", true), (owner.Kind, owner.Name, owner.Controller));
        Assert.Equal("default", deployment.Spec!.Template.Metadata!.Labels!["podengine.io/pool"]);

        (await world.Space.KubectlAsync(["scale", "workerpool", "default", "--replicas=3"])).Expect();
        await DeploymentAsync(world, replicas: 3);
        await Eventually.Passes(async () =>
        {
            var status = (await world.PoolAsync()).Status!;
            Assert.Equal((3, 3, "podengine.io/pool=default"), (status.DesiredReplicas!.Value, status.Replicas!.Value, status.Selector));
            Assert.Equal("False/WorkersNotReady", Of(status, "Ready"));
            Assert.Equal("0", status.Queue!.Pending);
        });
    }

    [Fact]
    public async Task A_settled_pool_is_left_alone_and_the_same_manifest_again_changes_nothing()
    {
        await using var world = await OperatorWorld.CreateAsync();
        await using var running = RunningOperator.Start(world);
        await world.ApplyPoolAsync();
        await DeploymentAsync(world, replicas: 1);
        await Eventually.Passes(async () => Assert.Equal(1, (await world.PoolAsync()).Status!.Replicas));
        var pool = await world.PoolAsync();
        var deployment = await DeploymentAsync(world, replicas: 1);

        await world.ApplyPoolAsync();
        (await world.Space.KubectlAsync(["annotate", "workerpool", "default", "seen=yes"])).Expect();
        await world.ApplyJobAsync("meanwhile");
        await world.InPhaseAsync("meanwhile", PodJobPhase.Queued);

        Assert.Equal(deployment.Metadata.ResourceVersion, (await DeploymentAsync(world, replicas: 1)).Metadata.ResourceVersion);
        Assert.Equal(pool.Status!.Conditions, (await world.PoolAsync()).Status!.Conditions);
    }

    [Fact]
    public async Task A_field_that_somebody_else_took_is_reported_and_not_fought_over()
    {
        await using var world = await OperatorWorld.CreateAsync();
        await using var running = RunningOperator.Start(world);
        await world.ApplyPoolAsync();
        await DeploymentAsync(world, replicas: 1);

        (await world.Space.KubectlAsync(["patch", "deployment", "default-workers", "--type=merge", "-p", """{"spec":{"replicas":5}}"""])).Expect();
        await Eventually.Passes(async () => Assert.Equal("True/FieldConflict", Of((await world.PoolAsync()).Status!, "Degraded")));
        Assert.Equal(5, (await DeploymentAsync(world, replicas: 5)).Spec!.Replicas);
        Assert.Contains(".spec.replicas", Conditions.Find((await world.PoolAsync()).Status!.Conditions, "Degraded")!.Message, StringComparison.Ordinal);
        await Eventually.Passes(async () => Assert.Equal(["FieldConflict"], await world.EventsAsync("default")));

        // Deleting the Deployment is the way out that the message names.
        (await world.Space.KubectlAsync(["delete", "deployment", "default-workers"])).Expect();
        await DeploymentAsync(world, replicas: 1);
        await Eventually.Passes(async () => Assert.Equal("False/AsExpected", Of((await world.PoolAsync()).Status!, "Degraded")));
    }

    [Fact]
    public async Task A_deployment_that_somebody_else_changed_is_not_tried_again_while_it_stays_as_it_is()
    {
        await using var world = await OperatorWorld.CreateAsync();
        await using var running = RunningOperator.Start(world);
        await world.ApplyPoolAsync(spec: "  autoscaling: {minReplicas: 1, maxReplicas: 1}");
        await DeploymentAsync(world, replicas: 1);
        (await world.Space.KubectlAsync(["patch", "deployment", "default-workers", "--type=merge", "-p", """{"spec":{"revisionHistoryLimit":7}}"""])).Expect();
        await world.ApplyJobAsync("one");
        await SummaryAsync(world, "1-9", "0");
        var before = Refused(world);

        // The summary follows the queue ten seconds after its last change, and a pool that scales is looked at every two.
        await world.ClaimAsync();
        await SummaryAsync(world, "0", "1-9");

        Assert.Equal("True/FieldConflict", Of((await world.PoolAsync()).Status!, "Degraded"));
        Assert.NotEqual(0, before);
        Assert.InRange(Refused(world), before, before + 1);
    }

    [Fact]
    public async Task A_pool_that_scales_by_its_queue_goes_from_none_to_what_is_needed_at_once_and_drains_to_none_when_told()
    {
        await using var world = await OperatorWorld.CreateAsync();
        await using var running = RunningOperator.Start(world);
        await world.ApplyPoolAsync(spec: "  autoscaling: {minReplicas: 0, maxReplicas: 4, targetJobsPerWorker: 1}");
        await DeploymentAsync(world, replicas: 0);

        await world.ApplyJobAsync("one");
        await world.ApplyJobAsync("two");
        await DeploymentAsync(world, replicas: 2);
        await Eventually.Passes(async () => Assert.Equal("1-9", (await world.PoolAsync()).Status!.Queue!.Pending), TimeSpan.FromSeconds(20));

        (await world.Space.KubectlAsync(["patch", "workerpool", "default", "--type=merge", "-p", """{"spec":{"paused":"Drain"}}"""])).Expect();
        await DeploymentAsync(world, replicas: 0);
        await Eventually.Passes(async () =>
        {
            var status = (await world.PoolAsync()).Status!;
            Assert.Equal((WorkerPoolMode.Drain, "True/Drain"), (status.Mode!.Value, Of(status, "Paused")));
        });
    }

    [Fact]
    public async Task Models_and_endpoints_say_whether_they_can_be_used()
    {
        await using var world = await OperatorWorld.CreateAsync();
        await using var running = RunningOperator.Start(world);
        await world.Space.ApplyAsync("""
            apiVersion: podengine.io/v1alpha1
            kind: GenerationModel
            metadata:
              name: anime
            spec:
              endpointName: serverless
              displayName: Anime
              category: Image
              inputSchema: {type: object, properties: {prompt: {type: string}}}
              configOverrides: {lockedInputs: {cfg: 7}}
            """);
        await ConditionAsync("generationmodel", "anime", "EndpointReady", "False/EndpointNotFound");
        await ConditionAsync("generationmodel", "anime", "OverridesValid", "False/OverridesInvalid");

        await world.Space.ApplyAsync("""
            apiVersion: podengine.io/v1alpha1
            kind: InferenceEndpoint
            metadata:
              name: serverless
            spec:
              endpointId: abc123
            """);
        await ConditionAsync("generationmodel", "anime", "EndpointReady", "True/EndpointReady");
        await ConditionAsync("inferenceendpoint", "serverless", "Ready", "True/Active");
        await ConditionAsync("inferenceendpoint", "serverless", "Reachable", "Unknown/NoWorkers");

        async Task ConditionAsync(string kind, string name, string type, string expected) => await Eventually.Passes(async () =>
        {
            var path = $"{{.status.conditions[?(@.type==\"{type}\")].status}}/{{.status.conditions[?(@.type==\"{type}\")].reason}}";
            Assert.Equal(expected, (await world.Space.KubectlAsync(["get", kind, name, "-o", $"jsonpath={path}"])).Expect());
        });
    }

    private static Task<Deployment> DeploymentAsync(OperatorWorld world, int replicas) => Eventually.Returns(
        async () => await world.Client.FindAsync(BuiltIn.Deployments, new ResourceKey(world.Namespace, "default-workers"), Token) is { } found
            && found.Spec!.Replicas == replicas ? found : null,
        because: $"the Deployment has {replicas} replicas");

    private static string Of(WorkerPoolStatus status, string condition) =>
        Conditions.Find(status.Conditions, condition) is { } found ? $"{found.Status}/{found.Reason}" : "missing";

    private static Task SummaryAsync(OperatorWorld world, string pending, string processing) => Eventually.Passes(async () =>
    {
        var summary = (await world.PoolAsync()).Status!.Queue!;
        Assert.Equal((pending, processing), (summary.Pending, summary.Processing));
    }, TimeSpan.FromSeconds(40));

    /// <summary>Writes of the world's Deployments that met a conflict.</summary>
    private static int Refused(OperatorWorld world) =>
        world.Plane.ReadAudit().Count(entry => entry is { Resource: "deployments", Code: 409 } && entry.Namespace == world.Namespace);
}
