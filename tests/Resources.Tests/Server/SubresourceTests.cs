using System.Text.Json.Nodes;
using PodEngine.Kit.ControlPlanes;
using PodEngine.Kubernetes.Objects;
using PodEngine.Resources.Manifests;
using PodEngine.Resources.PodJobs;
using PodEngine.Resources.Rules;
using PodEngine.Resources.WorkerPools;

namespace PodEngine.Resources.Tests.Server;

public sealed class SubresourceTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 31, 8, 0, 0, TimeSpan.Zero);

    private static readonly Condition Ready = new() { Type = "Ready", Status = "True", Reason = "ERR_6100", Message = "All is well.", LastTransitionTime = Now, ObservedGeneration = 1 };

    [Fact]
    public async Task A_pool_is_scaled_by_kubectl_unless_autoscaling_owns_the_worker_count()
    {
        await using var place = await TestNamespace.CreateAsync(await ControlPlane.SharedWithCelAsync());
        await place.ApplyAsync("""
            apiVersion: podengine.io/v1alpha1
            kind: WorkerPool
            metadata: {name: fixed}
            spec: {}
            ---
            apiVersion: podengine.io/v1alpha1
            kind: WorkerPool
            metadata: {name: scaled}
            spec: {autoscaling: {}}
            """);

        var allowed = await place.KubectlAsync(["scale", "workerpool", "fixed", "--replicas=3"]);
        var refused = await place.KubectlAsync(["scale", "workerpool", "scaled", "--replicas=3"]);

        Assert.Equal(0, allowed.ExitCode);
        Assert.Equal("3", (await place.KubectlAsync(["get", "wp", "fixed", "-o", "jsonpath={.spec.replicas}"])).Expect());
        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains(RuleTexts.All["workerPool.replicasOwned"], refused.StandardError, StringComparison.Ordinal);
        Assert.Equal("1", (await place.KubectlAsync(["get", "wp", "scaled", "-o", "jsonpath={.spec.replicas}"])).Expect());
    }

    [Fact]
    public async Task A_full_status_of_a_job_is_kept_as_it_is_written()
    {
        var status = new PodJobStatus
        {
            ObservedGeneration = 3,
            Phase = PodJobPhase.AwaitingApproval,
            Reason = "ERR_6002",
            JobId = Guid.NewGuid().ToString(),
            Attempts = 2,
            Worker = "default-7f9c/abc",
            QueuedTime = Now,
            StartTime = Now,
            CompletionTime = Now,
            Progress = new PodJobProgress { Percent = 60, Step = "images", ImagesDone = 1, ImagesTotal = 2, ProductsDone = 0, ProductsTotal = 4 },
            Images = new ImageSummary { Count = 1, References = [new ImageReference { Id = "i1", Url = "http://x/i1", Title = "Cat", State = "Stored" }] },
            Products = new ProductSummary { Count = 1, References = [new ProductReference { Id = "p1", ExternalId = "0123", Title = "Cat mug", State = "Created" }] },
            Output = new OutputReference { Uri = "s3://a/b", Sha256 = new string('a', 64), Bytes = 1L << 40 },
            Cost = new PodJobCost { GpuMillis = 12, UsdMicros = 34, Repeated = 0 },
            Failure = new PodJobFailure { Class = "Provider", Code = "ProviderUnavailable", Message = "It rains.", Retryable = true },
            Conditions = [Ready],
        };

        await AssertKeptAsync(new PodJob { Metadata = new ObjectMeta { Name = "full" }, Spec = new PodJobSpec { Design = new DesignSpec { ProductTypes = ["mug"] } }, Status = status });
    }

    [Fact]
    public async Task A_full_status_of_a_pool_is_kept_as_it_is_written()
    {
        var status = new WorkerPoolStatus
        {
            ObservedGeneration = 3,
            Replicas = 2,
            ReadyReplicas = 1,
            DesiredReplicas = 3,
            Selector = "podengine.io/pool=default",
            Mode = WorkerPoolMode.Autoscaling,
            Queue = new QueueSummary { Pending = QueueSummary.Bucket(17), Processing = QueueSummary.Bucket(0), OldestPendingTime = Now },
            FailedWorkers = [new FailedWorker { Name = "default-abc", Restarts = 4, Reason = "OOMKilled" }],
            Conditions = [Ready],
        };

        await AssertKeptAsync(new WorkerPool { Metadata = new ObjectMeta { Name = "full" }, Spec = new WorkerPoolSpec(), Status = status });
    }

    private static async Task AssertKeptAsync(KubernetesObject resource)
    {
        await using var place = await TestNamespace.CreateAsync(await ControlPlane.SharedWithCelAsync());
        using var client = new CustomResourceClient(place);
        var written = (JsonObject)ManifestKind.ByName[resource.Kind].Write(resource);
        var stored = await client.CreateAsync(written);
        Assert.Null(CustomResourceClient.Refusal(stored));

        var answer = await client.ReplaceStatusAsync(stored, written);

        Assert.True(JsonNode.DeepEquals(written["status"], answer["status"]), $"{written["status"]?.ToJsonString()} became {answer.ToJsonString()}");
    }
}
