using PodEngine.Queue.Lifecycle;

namespace PodEngine.Queue.Tests.Lifecycle;

public class RetryDelayTests
{
    private static readonly RetryPolicy Policy = new() { Delay = TimeSpan.FromSeconds(60), MaxDelay = TimeSpan.FromMinutes(15) };

    [Theory]
    [InlineData(1, 60)]
    [InlineData(2, 120)]
    [InlineData(4, 480)]
    [InlineData(5, 900)]
    [InlineData(100, 900)]
    public void The_wait_doubles_up_to_its_maximum(int failed, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), RetryDelay.For(Policy, failed, retryAfter: null, jitter: 0));

    [Fact]
    public void A_fixed_wait_stays() =>
        Assert.Equal(TimeSpan.FromSeconds(60), RetryDelay.For(Policy with { Exponential = false }, 7, retryAfter: null, jitter: 0));

    [Fact]
    public void Chance_shortens_a_wait_by_up_to_a_fifth_and_never_lengthens_it() =>
        Assert.Equal(TimeSpan.FromSeconds(48), RetryDelay.For(Policy, 1, retryAfter: null, jitter: 1));

    [Theory]
    [InlineData(10, 0, 60)]
    [InlineData(120, 0, 120)]
    [InlineData(120, 1, 144)]
    public void A_provider_never_waits_less_than_it_asked_for(int asked, double jitter, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), RetryDelay.For(Policy, 1, TimeSpan.FromSeconds(asked), jitter));
}
