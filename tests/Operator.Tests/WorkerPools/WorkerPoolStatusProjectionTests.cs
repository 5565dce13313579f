using PodEngine.Kubernetes.Objects;
using PodEngine.Kubernetes.Objects.Apps;
using PodEngine.Kubernetes.Objects.Core;
using PodEngine.Operator.Tests.Kit;
using PodEngine.Operator.Watching;
using PodEngine.Operator.WorkerPools;
using PodEngine.Resources.WorkerPools;

namespace PodEngine.Operator.Tests.WorkerPools;

public class WorkerPoolStatusProjectionTests
{
    private static readonly ReplicaDecision Three = new(3, WorkerPoolMode.Fixed, false, "Fixed", "");
    private static readonly ProvidersSpec Stored = new() { Storage = new StorageSpec { Filesystem = new FilesystemSpec { ClaimName = "pictures" } } };

    [Fact]
    public void A_pool_with_all_its_workers_is_ready()
    {
        var status = Project(new WorkerPoolSpec { Providers = Stored }, new PoolObservation { Decision = Three, Deployment = Deployed(3, 3) });

        Assert.Equal("True/WorkersReady", Of(status, "Ready"));
        Assert.Equal("False/Settled", Of(status, "Progressing"));
        Assert.Equal("False/AsExpected", Of(status, "Degraded"));
        Assert.Equal((3, 3, 3, "podengine.io/pool=default"), (status.Replicas, status.ReadyReplicas, status.DesiredReplicas, status.Selector));
    }

    [Fact]
    public void A_pool_without_lasting_storage_says_so_and_what_to_set()
    {
        var status = Project(new WorkerPoolSpec(), new PoolObservation { Decision = Three, Deployment = Deployed(3, 3) });

        Assert.Equal("False/StorageEphemeral", Of(status, "Ready"));
        Assert.Contains("set spec.providers.storage.filesystem.claimName", Conditions.Find(status.Conditions, "Ready")!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_worker_that_keeps_restarting_is_named()
    {
        var pods = new[] { ("w-1", new PodView("default", WorkerPodStage.NotReady, 9, "OOMKilled")), ("w-2", new PodView("default", WorkerPodStage.Ready, 3, "Error")) };
        var status = Project(
            new WorkerPoolSpec { Providers = Stored },
            new PoolObservation { Decision = Three, Deployment = Deployed(3, 2), FailedWorkers = FailingWorkers.Among(pods, maxRestarts: 3) });

        Assert.Equal("True/WorkerFailing", Of(status, "Degraded"));
        Assert.Equal(new FailedWorker { Name = "w-1", Restarts = 9, Reason = "OOMKilled" }, Assert.Single(status.FailedWorkers!));
        Assert.Equal("False/WorkersNotReady", Of(status, "Ready"));
    }

    [Fact]
    public void Workers_that_register_elsewhere_are_noticed() => Assert.Equal(
        "True/WorkersNotSeen",
        Of(Project(new WorkerPoolSpec { Providers = Stored }, new PoolObservation { Decision = Three, Deployment = Deployed(3, 3), AreWorkersUnseen = true }), "Degraded"));

    [Fact]
    public void A_drained_pool_wants_no_workers_and_says_why()
    {
        var spec = new WorkerPoolSpec { Providers = Stored, Paused = PauseMode.Drain, Replicas = 3 };
        var decision = ReplicaPlanner.Decide(spec, null, 3, new QueueAutoscaler(TimeProvider.System));
        var status = Project(spec, new PoolObservation { Decision = decision, Deployment = Deployed(3, 3) });

        Assert.Equal((0, WorkerPoolMode.Drain), (status.DesiredReplicas, status.Mode));
        Assert.Equal("True/Drain", Of(status, "Paused"));
    }

    [Theory]
    [InlineData(1, "True/Draining", "Workers that shall go: 2, of which 1 still finish their jobs.")]
    [InlineData(0, "True/Draining", "Workers that shall go: 2. They hold no jobs and are about to leave.")]
    [InlineData(null, "True/Draining", "PostgreSQL cannot be reached, so it is not known who still works; the number of workers is held.")]
    public void A_pool_that_waits_for_workers_to_leave_is_ready_and_says_so(int? finishing, string expected, string message)
    {
        var seen = new PoolObservation { Decision = Three with { Replicas = 1 }, Step = new DrainStep(3, 2, finishing), Deployment = Deployed(3, 1) };

        var status = Project(new WorkerPoolSpec { Providers = Stored }, seen);

        Assert.Equal(("True/WorkersReady", expected, expected), (Of(status, "Ready"), Of(status, "Progressing"), Of(status, "Reconciling")));
        Assert.Equal(message, Conditions.Find(status.Conditions, "Reconciling")!.Message);
        Assert.Equal(1, status.DesiredReplicas);
    }

    [Fact]
    public void A_pool_that_needs_somebody_to_do_something_is_stalled_and_no_other_is()
    {
        var sound = new PoolObservation { Decision = Three, Deployment = Deployed(3, 3) };
        var fault = new PoolFault("ImageNotConfigured", "There is no image.", false);

        Assert.Equal("False/AsExpected", Of(Project(new WorkerPoolSpec { Providers = Stored }, sound), "Stalled"));
        Assert.Equal("False/AsExpected", Of(Project(new WorkerPoolSpec { Providers = Stored }, sound with { Deployment = Deployed(1, 0) }), "Stalled"));
        Assert.Equal("True/ImageNotConfigured", Of(Project(new WorkerPoolSpec { Providers = Stored }, sound with { Fault = fault }), "Stalled"));
        Assert.Equal("True/StorageEphemeral", Of(Project(new WorkerPoolSpec(), sound), "Stalled"));
    }

    private static WorkerPoolStatus Project(WorkerPoolSpec spec, PoolObservation seen)
    {
        var pool = new WorkerPool { Metadata = new ObjectMeta { Name = "default", Namespace = "shop", Generation = 1 }, Spec = spec };
        return WorkerPoolStatusProjection.Project(pool, seen, null, Jobs.Noon);
    }

    private static string Of(WorkerPoolStatus status, string condition) =>
        Conditions.Find(status.Conditions, condition) is { } found ? $"{found.Status}/{found.Reason}" : "missing";

    private static Deployment Deployed(int replicas, int ready) => new()
    {
        Metadata = new ObjectMeta { Generation = 1 },
        Spec = new DeploymentSpec { Selector = new LabelSelector(), Template = new PodTemplateSpec { Spec = new PodSpec { Containers = [] } } },
        Status = new DeploymentStatus { ObservedGeneration = 1, Replicas = replicas, UpdatedReplicas = replicas, ReadyReplicas = ready },
    };
}
