namespace PodEngine.Kubernetes.Tests;

public class RecentlyUsedTests
{
    [Fact]
    public void What_was_asked_for_least_recently_makes_room()
    {
        var map = new RecentlyUsed<string, int>(2);
        Assert.False(map.Add("a", 1, out _));
        Assert.False(map.Add("b", 2, out _));
        Assert.True(map.TryGet("a", out _));

        Assert.True(map.Add("c", 3, out var evicted));

        Assert.Equal(("b", 2), (evicted.Key, evicted.Value));
        Assert.Equal(["c", "a"], map.Items.Select(static pair => pair.Key));
        map.Remove("a");
        Assert.False(map.TryGet("a", out _));
    }
}
