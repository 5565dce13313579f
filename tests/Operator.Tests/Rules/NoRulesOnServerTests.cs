using System.Text.Json.Nodes;
using PodEngine.Kit;
using PodEngine.Kit.ControlPlanes;
using PodEngine.Kubernetes.Client;
using PodEngine.Kubernetes.Objects;
using PodEngine.Operator.Tests.Kit;
using PodEngine.Queue;
using PodEngine.Resources;
using PodEngine.Resources.Rules;

namespace PodEngine.Operator.Tests.Rules;

/// <summary>An API server too old for CEL takes manifests that a newer one refuses: the operator holds to the same rules, in the same words.</summary>
public class NoRulesOnServerTests
{
    private const string BadJob = """
        apiVersion: podengine.io/v1alpha1
        kind: PodJob
        metadata:
          name: cats
        spec:
          retry: {delaySeconds: 60, maxDelaySeconds: 30}
          design:
            prompt: a cat
            theme: cats
            productTypes: [tshirt]
        """;

    private static readonly string[] RulesOfBadJob = ["podJob.retry.delayOrder", "podJob.design.promptOrTheme"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_bad_manifest_is_refused_to_kubectl_where_the_server_knows_the_rules()
    {
        await using var space = await TestNamespace.CreateAsync(await ControlPlane.SharedWithCelAsync());

        var refused = await space.KubectlAsync(["apply", "--validate=false", "-f", "-"], BadJob);

        Assert.NotEqual(0, refused.ExitCode);
        Assert.All(RulesOfBadJob, rule => Assert.Contains(RuleTexts.All[rule], refused.StandardError, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_same_manifest_is_not_accepted_by_the_operator_where_the_server_takes_it()
    {
        await using var world = await OperatorWorld.CreateAsync(await ControlPlane.SharedPlainAsync());
        await using var running = RunningOperator.Start(world);
        await world.ApplyPoolAsync();
        await world.Space.ApplyAsync(BadJob);

        var rejected = await world.WithConditionAsync("cats", "Accepted", "False/InputInvalid");

        var message = Conditions.Find(rejected.Status!.Conditions, "Accepted")!.Message;
        Assert.All(RulesOfBadJob, rule => Assert.Contains(RuleTexts.All[rule], message, StringComparison.Ordinal));
        Assert.Contains("spec.retry.delaySeconds: ", message, StringComparison.Ordinal);
        Assert.Null(await world.RowAsync(rejected));

        // An old server lets the spec be mended too, and the job goes on.
        await world.Space.ApplyAsync(BadJob.Replace("maxDelaySeconds: 30", "maxDelaySeconds: 90", StringComparison.Ordinal).Replace("    prompt: a cat\n", "", StringComparison.Ordinal));
        await world.WithConditionAsync("cats", "Accepted", "True/Accepted", TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_job_whose_fixed_fields_were_changed_goes_on_as_queued_and_says_so_while_what_may_change_is_carried_over()
    {
        await using var world = await OperatorWorld.CreateAsync(await ControlPlane.SharedPlainAsync());
        await using var running = RunningOperator.Start(world);
        await world.ApplyPoolAsync();
        await world.ApplyJobAsync("cats");
        var queued = await world.RowAsync(await world.WithConditionAsync("cats", "Accepted", "True/Accepted"));
        await world.PatchJobAsync("cats", new JsonObject { ["priority"] = 3 });
        await PriorityAsync(3);
        Assert.DoesNotContain("ChangeIgnored", await world.EventsAsync("cats"));

        await world.PatchJobAsync("cats", new JsonObject { ["priority"] = 7, ["workerPoolName"] = "other", ["design"] = new JsonObject { ["theme"] = "dogs" } });

        var changed = await PriorityAsync(7);
        Assert.Equal((queued!.Arguments, queued.Queue), (changed.Arguments, changed.Queue));
        var note = await Eventually.Returns(async () => (await world.Client.ListAsync(BuiltIn.Events, new ListRequest { Namespace = world.Namespace }, Token))
            .FirstOrDefault(recorded => recorded.Reason == "ChangeIgnored")?.Note);
        Assert.Equal(
            $"The job goes on as it was queued: (1) spec.workerPoolName: {RuleTexts.All["podJob.workerPoolName.fixed"]}; (2) spec.design.theme: {RuleTexts.All["podJob.design.theme.fixed"]}",
            note);

        Task<JobRecord> PriorityAsync(int priority) => Eventually.Returns(
            async () => await world.RowAsync(await world.JobAsync("cats")) is { } row && row.Priority == priority ? row : null);
    }

    [Fact]
    public async Task A_pool_that_breaks_rules_gets_no_deployment_or_keeps_the_one_it_has_until_it_is_mended()
    {
        await using var world = await OperatorWorld.CreateAsync(await ControlPlane.SharedPlainAsync());
        await using var running = RunningOperator.Start(world);
        await world.ApplyPoolAsync(spec: "  autoscaling: {minReplicas: 5, maxReplicas: 2}\n  env: [{name: A, value: b, valueFrom: {secretKeyRef: {name: s, key: k}}}]");

        var message = await ReadyAsync("False/SpecInvalid");
        Assert.Equal(
            $"(1) spec.autoscaling.minReplicas: {RuleTexts.All["workerPool.autoscaling.order"]}; (2) spec.env[0].valueFrom: {RuleTexts.All["workerPool.env.oneValue"]}",
            message);
        Assert.Null(await world.Client.FindAsync(BuiltIn.Deployments, Workers(), Token));

        await world.ApplyPoolAsync();
        await ReadyAsync("False/WorkersNotReady");
        var made = await world.Client.GetAsync(BuiltIn.Deployments, Workers(), Token);
        await world.ApplyPoolAsync(spec: "  replicas: 3\n  tolerations: [{operator: Equal}]");
        Assert.Equal($"spec.tolerations[0].operator: {RuleTexts.All["workerPool.toleration.keyless"]}", await ReadyAsync("False/SpecInvalid"));
        var kept = await world.Client.GetAsync(BuiltIn.Deployments, Workers(), Token);
        Assert.Equal((made.Metadata.Generation, 1), (kept.Metadata.Generation, kept.Spec!.Replicas));

        await world.ApplyPoolAsync();
        await ReadyAsync("False/WorkersNotReady");

        ResourceKey Workers() => new(world.Namespace, "default-workers");

        Task<string> ReadyAsync(string expected) => Eventually.Returns(async () =>
        {
            var pool = await world.PoolAsync();
            var ready = Conditions.Find(pool.Status?.Conditions, "Ready");
            return pool.Status?.ObservedGeneration == pool.Metadata.Generation && $"{ready?.Status}/{ready?.Reason}" == expected ? ready!.Message : null;
        }, because: $"the pool's Ready is {expected}");
    }

    [Fact]
    public async Task An_endpoint_that_breaks_rules_is_not_ready_and_neither_is_a_model_on_it()
    {
        await using var world = await OperatorWorld.CreateAsync(await ControlPlane.SharedPlainAsync());
        await using var running = RunningOperator.Start(world);
        await world.Space.ApplyAsync("""
            apiVersion: podengine.io/v1alpha1
            kind: InferenceEndpoint
            metadata:
              name: serverless
            spec:
              endpointId: abc123
              limits: {executionTimeoutSeconds: 600, ttlSeconds: 60}
            ---
            apiVersion: podengine.io/v1alpha1
            kind: GenerationModel
            metadata:
              name: anime
            spec:
              endpointName: serverless
              displayName: Anime
              category: Image
              inputSchema: {type: object, properties: {prompt: {type: string}}}
            """);

        await Eventually.Passes(async () =>
        {
            var endpoint = await world.Client.GetAsync(CustomResources.InferenceEndpoints, new ResourceKey(world.Namespace, "serverless"), Token);
            var ready = Conditions.Find(endpoint.Status?.Conditions, "Ready");
            Assert.Equal(
                ("False", "SpecInvalid", $"spec.limits.executionTimeoutSeconds: {RuleTexts.All["inferenceEndpoint.limits.order"]}"),
                (ready?.Status, ready?.Reason, ready?.Message));
            var model = await world.Client.GetAsync(CustomResources.GenerationModels, new ResourceKey(world.Namespace, "anime"), Token);
            Assert.Equal("EndpointInvalid", Conditions.Find(model.Status?.Conditions, "EndpointReady")?.Reason);
        });
    }
}
