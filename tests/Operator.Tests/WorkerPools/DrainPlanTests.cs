using PodEngine.Operator.Watching;
using PodEngine.Operator.WorkerPools;
using PodEngine.Queue.Steering;
using PodEngine.Resources.WorkerPools;

namespace PodEngine.Operator.Tests.WorkerPools;

/// <summary>
/// Pools are written as their pods: R ready, N not ready, W without a running worker; then the jobs its worker holds, nothing where none registered;
/// then q asked, a acknowledged since the last look, A acknowledged before that.
/// </summary>
public class DrainPlanTests
{
    private const int Patience = 300;

    [Theory]
    [InlineData("Fixed", 1, 3, "R1 R0 R0", 0, 2, false, "as many are asked as shall go")]
    [InlineData("Fixed", 3, 3, "R1 R0 R0", 0, 0, false, "none where none shall go")]
    [InlineData("Fixed", 3, null, "", 0, 0, false, "none where there is no Deployment")]
    [InlineData("Fixed", 1, 3, "R1 R0 W", 0, 1, false, "a pod without a running worker goes anyway")]
    [InlineData("Fixed", 3, 3, "R0 R0 R0 R0", 0, 0, false, "a further pod of a rollout is not one too many")]
    [InlineData("Fixed", 2, 2, "R1 R0 N0A", 0, 1, false, "they stay asked until their pods have gone")]
    [InlineData("Fixed", 3, 2, "R1 R0 N0A", 0, 0, false, "the request is taken back when they are wanted again")]
    [InlineData("Hold", 1, 2, "R1 R0", 0, 1, false, "a held pool follows its replicas")]
    [InlineData("Drain", 0, 3, "R1 R1 R0", 0, 3, true, "draining asks whoever is idle")]
    [InlineData("Autoscaling", 1, 3, "R1 R1 R1", Patience, 2, false, "where none is idle those at work are asked")]
    [InlineData("Autoscaling", 1, 3, "R1 N0A N1A", Patience - 1, 2, false, "they are given their time")]
    [InlineData("Autoscaling", 1, 3, "R1 N0A N1A", Patience, 2, true, "then they go on, so that the idle ones can go")]
    public void Asked_are(string mode, int target, int? current, string pods, int wantedFor, int workers, bool idleOnly, string because)
    {
        var order = DrainPlan.Order(Seen(mode, target, current, pods, wantedFor));

        Assert.True(new DrainOrder(workers, idleOnly) == order, $"{because}, but it is {order}");
    }

    [Theory]
    [InlineData("Fixed", 3, 3, "R1 R0 R0", 0, 3, "nothing is to be done")]
    [InlineData("Fixed", 5, 3, "R1 R0 R0", 0, 5, "more come at once")]
    [InlineData("Fixed", 1, 3, "R1 R0 R0", 0, 3, "none goes unasked")]
    [InlineData("Fixed", 1, 3, "R1 N0q N0q", 0, 3, "none goes before it has acknowledged")]
    [InlineData("Fixed", 1, 3, "R1 N0a N0a", 0, 3, "none goes before another look has found it idle")]
    [InlineData("Fixed", 1, 3, "R1 R0A R0A", 0, 3, "none goes while the ReplicaSet takes it for ready")]
    [InlineData("Fixed", 1, 3, "R1 N0A N0A", 0, 1, "those that are through with it go")]
    [InlineData("Fixed", 1, 3, "R1 R0A N0A", 0, 2, "each goes as soon as it can")]
    [InlineData("Fixed", 1, 3, "R1 N1A N0A", 0, 3, "the ReplicaSet could take the one that works")]
    [InlineData("Fixed", 1, 3, "R1 N N0A", 0, 3, "the ReplicaSet could take the one that starts")]
    [InlineData("Fixed", 1, 3, "R1 N1A N0A", Patience, 1, "a person is obeyed when the time is over")]
    [InlineData("Hold", 1, 3, "R1 N1A N0A", Patience, 1, "also while the pool is held")]
    [InlineData("Autoscaling", 1, 3, "R1 N1A N0A", 10 * Patience, 3, "autoscaling takes none from its work")]
    [InlineData("Autoscaling", 1, 3, "R1 R1 N0A", Patience, 2, "the one that went on is not in the way")]
    [InlineData("Autoscaling", 1, 3, "R1 N0 N0A", Patience, 3, "the one that starts may claim")]
    [InlineData("Autoscaling", 1, 3, "R1 N0 N0A", Patience + 120, 2, "one that never gets ready is not waited for any longer")]
    [InlineData("Autoscaling", 1, 3, "R1 W W", 0, 1, "pods without a running worker go at once")]
    [InlineData("Autoscaling", 1, 3, "R1", 0, 1, "pods that were not made yet are not made")]
    [InlineData("Autoscaling", 2, 4, "R1 R1 R1 R1 N0A", 0, 4, "a pod beyond the replicas is on its way out already")]
    [InlineData("Drain", 0, 2, "R1 N0A", 0, 1, "draining lets go who is idle")]
    [InlineData("Drain", 0, 1, "R1", 100 * Patience, 1, "and waits for the others as long as it takes")]
    [InlineData("Drain", 0, 1, "N0A", 0, 0, "to none at last")]
    public void The_pool_has(string mode, int target, int? current, string pods, int wantedFor, int replicas, string because)
    {
        var step = DrainPlan.Conclude(Seen(mode, target, current, pods, wantedFor), Report(pods, static flag => flag is 'a' or 'A'));

        Assert.True(replicas == step.Replicas, $"{because}, but it is {step}");
    }

    [Theory]
    [InlineData("Autoscaling", 3)]
    [InlineData("Drain", 3)]
    [InlineData("Fixed", 1)]
    [InlineData("Hold", 1)]
    public void While_PostgreSQL_is_away_only_a_person_takes_workers_away(string mode, int replicas)
    {
        var step = DrainPlan.Conclude(Seen(mode, 1, 3, "R1 N0A N0A", 0), null);

        Assert.Equal(replicas == 1 ? DrainStep.At(1) : new DrainStep(3, 2, null), step);
    }

    [Fact]
    public void It_is_told_how_many_of_those_that_shall_go_still_work()
    {
        const string Pods = "R2 R1 N0A N1A";

        Assert.Equal(new DrainStep(4, 2, 1), DrainPlan.Conclude(Seen("Fixed", 2, 4, Pods, 0), Report(Pods, static flag => flag is 'a' or 'A')));
        Assert.Equal(new DrainStep(4, 4, 3), DrainPlan.Conclude(Seen("Drain", 0, 4, Pods, 0), Report(Pods, static flag => flag is 'a' or 'A')));
    }

    private static DrainView Seen(string mode, int target, int? current, string pods, int wantedFor) => new()
    {
        Decision = new ReplicaDecision(target, Enum.Parse<WorkerPoolMode>(mode), null, "", ""),
        Current = current,
        Pods = Named(pods).ToDictionary(static pod => pod.Name, static pod => Stage(pod.Text[0])),
        Earlier = Report(pods, static flag => flag == 'A'),
        WantedFor = TimeSpan.FromSeconds(wantedFor),
        Patience = TimeSpan.FromSeconds(Patience),
    };

    private static DrainReport Report(string pods, Func<char, bool> isAcknowledged) => new(
    [
        .. Named(pods).Where(static pod => pod.Text.Length > 1).Select(pod => new SteeredWorker(
            $"{pod.Name}/worker", pod.Name, pod.Text[1] - '0', pod.Text.Length > 2, pod.Text.Length > 2 && isAcknowledged(pod.Text[2]))),
    ]);

    private static IEnumerable<(string Name, string Text)> Named(string pods) =>
        pods.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(static (text, index) => ($"pod-{index}", text));

    private static WorkerPodStage Stage(char letter) => letter switch
    {
        'R' => WorkerPodStage.Ready,
        'N' => WorkerPodStage.NotReady,
        _ => WorkerPodStage.Waiting,
    };
}
