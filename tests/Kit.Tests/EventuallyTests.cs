using Xunit.Sdk;

namespace PodEngine.Kit.Tests;

public sealed class EventuallyTests
{
    [Fact]
    public async Task What_becomes_true_is_waited_for()
    {
        var asked = 0;
        await Eventually.Holds(() => ++asked == 3);
        Assert.Equal(3, asked);
    }

    [Fact]
    public async Task What_never_becomes_true_fails_with_the_reason_and_the_last_error()
    {
        var failure = await Assert.ThrowsAsync<XunitException>(() => Eventually.Passes(
            () => throw new InvalidOperationException("the pool is empty"), TimeSpan.FromMilliseconds(50), "a worker registers"));
        Assert.Contains("a worker registers", failure.Message, StringComparison.Ordinal);
        Assert.Contains("the pool is empty", failure.Message, StringComparison.Ordinal);
    }
}
