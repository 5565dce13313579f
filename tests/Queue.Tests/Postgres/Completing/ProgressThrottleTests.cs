using PodEngine.Kit.Time;
using PodEngine.Queue.Postgres.Completing;

namespace PodEngine.Queue.Tests.Postgres.Completing;

public sealed class ProgressThrottleTests
{
    private static readonly JobLease Lease = new(JobId.New(), 1);

    private readonly ManualTimeProvider _time = new();
    private readonly ProgressThrottle _throttle;

    public ProgressThrottleTests() => _throttle = new ProgressThrottle(TimeSpan.FromSeconds(1), _time);

    [Fact]
    public void The_first_report_and_each_new_step_are_stored_at_once()
    {
        Assert.True(_throttle.Lets(Lease, new JobProgress(1, "prompts")));
        Assert.True(_throttle.Lets(Lease, new JobProgress(10, "images")));
        Assert.True(_throttle.Lets(new JobLease(JobId.New(), 1), new JobProgress(10, "images")));
    }

    [Fact]
    public void Within_a_step_one_report_is_stored_in_an_interval()
    {
        Assert.True(_throttle.Lets(Lease, new JobProgress(10, "images")));
        Assert.False(_throttle.Lets(Lease, new JobProgress(11, "images")));

        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.True(_throttle.Lets(Lease, new JobProgress(12, "images")));
    }

    [Fact]
    public void The_newest_report_held_back_is_stored_later_and_once()
    {
        _throttle.Lets(Lease, new JobProgress(10, "images"));
        _throttle.Lets(Lease, new JobProgress(11, "images"));
        _throttle.Lets(Lease, new JobProgress(12, "images"));

        Assert.Equal([new AttemptWrite.Progress(Lease, new JobProgress(12, "images"))], _throttle.TakeHeldBack([Lease]));
        Assert.Empty(_throttle.TakeHeldBack([Lease]));
    }

    [Fact]
    public void Nothing_is_held_back_of_an_attempt_that_is_over()
    {
        _throttle.Lets(Lease, new JobProgress(10, "images"));
        _throttle.Lets(Lease, new JobProgress(11, "images"));

        _throttle.Forget(Lease);

        Assert.Empty(_throttle.TakeHeldBack([Lease]));
    }

    [Fact]
    public void A_report_that_could_not_be_stored_is_held_back_again_unless_a_newer_one_was_made()
    {
        _throttle.Lets(Lease, new JobProgress(10, "images"));
        _throttle.Lets(Lease, new JobProgress(11, "images"));
        var unstored = Assert.Single(_throttle.TakeHeldBack([Lease]));
        _throttle.HoldBackAgain(unstored);
        Assert.Equal([unstored], _throttle.TakeHeldBack([Lease]));

        _throttle.Lets(Lease, new JobProgress(12, "images"));
        _throttle.HoldBackAgain(unstored);
        Assert.Equal([new AttemptWrite.Progress(Lease, new JobProgress(12, "images"))], _throttle.TakeHeldBack([Lease]));

        Assert.True(_throttle.Lets(Lease, new JobProgress(13, "products")));
        _throttle.HoldBackAgain(unstored);
        Assert.Empty(_throttle.TakeHeldBack([Lease]));
    }
}
