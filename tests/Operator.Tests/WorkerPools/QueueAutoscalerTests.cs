using PodEngine.Kit.Time;
using PodEngine.Operator.WorkerPools;
using PodEngine.Queue;
using PodEngine.Resources.WorkerPools;

namespace PodEngine.Operator.Tests.WorkerPools;

public class QueueAutoscalerTests
{
    private readonly ManualTimeProvider time = new();
    private readonly AutoscalingSpec spec = new()
    {
        MinReplicas = 0,
        MaxReplicas = 10,
        TargetJobsPerWorker = 5,
        ScaleDownStabilizationSeconds = 60,
        CooldownSeconds = 300,
    };

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(1, 0, 1)]
    [InlineData(12, 3, 3)]
    [InlineData(500, 0, 10)]
    public void Workers_come_in_one_step_for_the_jobs_waiting_and_at_work(int waiting, int processing, int replicas) =>
        Assert.Equal(replicas, new QueueAutoscaler(time).Decide(spec, 5, Depth(waiting, processing), 0).Replicas);

    [Fact]
    public void Fewer_workers_must_be_enough_for_the_stabilization_time()
    {
        var autoscaler = new QueueAutoscaler(time);
        Assert.Equal(4, autoscaler.Decide(spec, 5, Depth(20, 0), 0).Replicas);
        time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(4, autoscaler.Decide(spec, 5, Depth(5, 0), 4).Replicas);
        time.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(1, autoscaler.Decide(spec, 5, Depth(5, 0), 4).Replicas);
    }

    [Fact]
    public void The_last_worker_goes_after_the_cooldown_only()
    {
        var autoscaler = new QueueAutoscaler(time);
        autoscaler.Decide(spec, 5, Depth(0, 1), 1);
        time.Advance(TimeSpan.FromSeconds(120));
        Assert.Equal(1, autoscaler.Decide(spec, 5, Depth(0, 0), 1).Replicas);
        time.Advance(TimeSpan.FromSeconds(181));
        Assert.Equal(0, autoscaler.Decide(spec, 5, Depth(0, 0), 1).Replicas);
    }

    [Fact]
    public void A_database_that_is_away_holds_the_number()
    {
        var decision = new QueueAutoscaler(time).Decide(spec, 5, null, 7);

        Assert.Equal((7, "DatabaseUnavailable", false), (decision.Replicas, decision.Reason, decision.IsScaling));
    }

    [Fact]
    public void An_operator_that_just_started_shrinks_nothing_it_has_not_watched() =>
        Assert.Equal(8, new QueueAutoscaler(time).Decide(spec, 5, Depth(0, 0), 8).Replicas);

    private static QueueDepth Depth(int waiting, int processing) => new(waiting, 0, processing, null, 0);
}
