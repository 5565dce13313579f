using PodEngine.Kit.Time;
using PodEngine.Operator.Mirror;
using PodEngine.Operator.Tests.Kit;
using PodEngine.Queue;

namespace PodEngine.Operator.Tests.Mirror;

public class MirrorPacingTests
{
    private readonly ManualTimeProvider time = new();

    [Fact]
    public void A_short_job_costs_three_writes_however_often_it_reports_progress()
    {
        var pacing = new MirrorPacing(time);
        var writes = 0;
        Try(Jobs.InState(JobState.Queued));
        for (var second = 0; second < 28; second++)
        {
            Try(Jobs.InState(JobState.Processing) with { Progress = new JobProgress(second, "images") });
            time.Advance(TimeSpan.FromSeconds(1));
        }

        Try(Jobs.InState(JobState.Completed));
        Assert.Equal(3, writes);

        void Try(JobRecord job)
        {
            if (pacing.WaitBefore(job) == TimeSpan.Zero)
            {
                writes++;
                pacing.Written(job);
            }
        }
    }

    [Fact]
    public void A_long_job_shows_progress_every_thirty_seconds()
    {
        var pacing = new MirrorPacing(time);
        pacing.Written(Jobs.InState(JobState.Queued));
        pacing.Written(Jobs.InState(JobState.Processing));

        time.Advance(TimeSpan.FromSeconds(12));
        Assert.Equal(TimeSpan.FromSeconds(18), pacing.WaitBefore(Jobs.InState(JobState.Processing)));
        time.Advance(TimeSpan.FromSeconds(18));
        Assert.Equal(TimeSpan.Zero, pacing.WaitBefore(Jobs.InState(JobState.Processing)));
        pacing.Written(Jobs.InState(JobState.Processing));
        Assert.Equal(TimeSpan.FromSeconds(30), pacing.WaitBefore(Jobs.InState(JobState.Processing)));
    }

    [Theory]
    [InlineData(JobState.Completed)]
    [InlineData(JobState.Failed)]
    [InlineData(JobState.Cancelled)]
    [InlineData(JobState.Suspended)]
    [InlineData(JobState.AwaitingApproval)]
    public void Ends_and_parkings_never_wait(JobState state)
    {
        var pacing = new MirrorPacing(time);
        pacing.Written(Jobs.InState(JobState.Queued));
        pacing.Written(Jobs.InState(JobState.Processing));

        Assert.Equal(TimeSpan.Zero, pacing.WaitBefore(Jobs.InState(state)));
    }

    [Fact]
    public void A_changed_spec_shows_within_two_seconds()
    {
        var pacing = new MirrorPacing(time);
        pacing.Written(Jobs.InState(JobState.Queued));
        pacing.Written(Jobs.InState(JobState.Processing));

        Assert.Equal(TimeSpan.FromSeconds(2), pacing.WaitBefore(Jobs.InState(JobState.Processing) with { Generation = 3 }));
    }

    [Fact]
    public void A_write_that_keeps_failing_waits_longer_and_longer_even_at_the_end_and_up_to_ten_seconds()
    {
        var pacing = new MirrorPacing(time);
        var job = Jobs.InState(JobState.Completed);
        pacing.Failed(job);
        Assert.Equal(TimeSpan.FromMilliseconds(500), pacing.WaitBefore(job));
        for (var i = 0; i < 20; i++)
        {
            pacing.Failed(job);
        }

        Assert.Equal(TimeSpan.FromSeconds(10), pacing.WaitBefore(job));
        pacing.Written(job);
        Assert.Equal(TimeSpan.Zero, pacing.WaitBefore(job));
    }
}
