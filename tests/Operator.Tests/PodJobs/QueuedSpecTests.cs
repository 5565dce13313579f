using PodEngine.Operator.PodJobs;
using PodEngine.Operator.Tests.Kit;
using PodEngine.Queue;

namespace PodEngine.Operator.Tests.PodJobs;

public class QueuedSpecTests
{
    [Fact]
    public void A_change_of_what_was_queued_is_told()
    {
        var known = Jobs.InState(JobState.Queued);
        var now = Jobs.PodJob();

        var fault = Assert.Single(QueuedSpec.IgnoredChanges(now with { Spec = now.Spec with { WorkerPoolName = "other" } }, known));

        Assert.Contains("workerPoolName", $"{fault}", StringComparison.Ordinal);
        Assert.Empty(QueuedSpec.IgnoredChanges(now, known));
    }

    [Theory]
    [InlineData("no JSON")]
    [InlineData("{}")]
    [InlineData("""{"name":"cats","namespace":"shop","work":{"kind":"sculpture"}}""")]
    [InlineData("""{"name":"cats","namespace":"shop","work":{}}""")]
    public void Nothing_is_told_of_a_job_queued_in_a_form_that_this_version_cannot_read(string arguments)
    {
        var now = Jobs.PodJob();

        Assert.Empty(QueuedSpec.IgnoredChanges(
            now with { Spec = now.Spec with { WorkerPoolName = "other" } }, Jobs.InState(JobState.Queued) with { Arguments = arguments }));
    }
}
