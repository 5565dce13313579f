namespace PodEngine.Shared.Tests;

public class SanityTests
{
    [Fact]
    public void A_test_runs() => Assert.Equal(4, 2 + 2);
}
