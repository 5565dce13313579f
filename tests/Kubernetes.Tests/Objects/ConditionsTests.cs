using PodEngine.Kubernetes.Objects;

namespace PodEngine.Kubernetes.Tests.Objects;

public class ConditionsTests
{
    private static readonly DateTimeOffset Noon = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_condition_that_keeps_its_status_keeps_its_time()
    {
        var first = Conditions.Set(null, Ready("False", "Starting"), Noon);

        var second = Conditions.Set(first, Ready("False", "StillStarting"), Noon.AddMinutes(5));

        var condition = Assert.Single(second);
        Assert.Equal(("StillStarting", Noon), (condition.Reason, condition.LastTransitionTime));
    }

    [Fact]
    public void A_condition_that_flips_takes_the_time_in_whole_seconds()
    {
        var first = Conditions.Set(null, Ready("False", "Starting"), Noon);

        var second = Conditions.Set(first, Ready("True", "Up"), Noon.AddMilliseconds(61_500));

        Assert.Equal(Noon.AddSeconds(61), Assert.Single(second).LastTransitionTime);
    }

    [Fact]
    public void The_order_of_conditions_stays_as_it_was()
    {
        var list = Conditions.Set(Conditions.Set(null, Ready("True", "Up"), Noon), Ready("True", "Fine") with { Type = "Healthy" }, Noon);

        var changed = Conditions.Set(list, Ready("False", "Down"), Noon.AddSeconds(1));

        Assert.Equal(["Ready", "Healthy"], changed.Select(static each => each.Type));
        Assert.True(Conditions.IsTrue(changed, "Healthy"));
        Assert.False(Conditions.IsTrue(changed, "Ready"));
        Assert.Equal("Healthy", Assert.Single(Conditions.Remove(changed, "Ready")).Type);
    }

    private static Condition Ready(string status, string reason) => new() { Type = "Ready", Status = status, Reason = reason };
}
