using PodEngine.Kubernetes.Objects;
using PodEngine.Kubernetes.Objects.Core;
using PodEngine.Operator.Tests.Kit;
using PodEngine.Operator.Watching;

namespace PodEngine.Operator.Tests.Watching;

public class PodViewTests
{
    private static readonly ContainerState Running = new() { Running = new ContainerStateDetail() };
    private static readonly ContainerState Crashed = new() { Waiting = new ContainerStateDetail { Reason = "CrashLoopBackOff" } };
    private static readonly ObjectMeta Going = new() { DeletionTimestamp = Jobs.Noon };

    [Fact]
    public void A_pod_without_a_running_worker_is_waiting()
    {
        Assert.Equal(WorkerPodStage.Waiting, Stage(new ObjectMeta(), "Pending", null, null));
        Assert.Equal(WorkerPodStage.Waiting, Stage(new ObjectMeta(), "Running", Crashed, "False"));
    }

    [Fact]
    public void A_pod_with_a_running_worker_is_ready_or_not_as_the_kubelet_says()
    {
        Assert.Equal(WorkerPodStage.NotReady, Stage(new ObjectMeta(), "Running", Running, null));
        Assert.Equal(WorkerPodStage.NotReady, Stage(new ObjectMeta(), "Running", Running, "False"));
        Assert.Equal(WorkerPodStage.Ready, Stage(new ObjectMeta(), "Running", Running, "True"));
    }

    [Fact]
    public void A_pod_that_is_over_or_on_its_way_out_has_ended()
    {
        Assert.Equal(WorkerPodStage.Ended, Stage(new ObjectMeta(), "Failed", Running, "True"));
        Assert.Equal(WorkerPodStage.Ended, Stage(Going, "Running", Running, "True"));
    }

    private static WorkerPodStage Stage(ObjectMeta metadata, string phase, ContainerState? worker, string? ready) => PodView.Of(new Pod
    {
        Metadata = metadata,
        Status = new PodStatus
        {
            Phase = phase,
            ContainerStatuses = worker is null ? null : [new ContainerStatus { Name = "worker", State = worker }],
            Conditions = [new PodCondition { Type = "PodScheduled", Status = "True" }, .. ready is null ? [] : new[] { new PodCondition { Type = "Ready", Status = ready } }],
        },
    }).Stage;
}
