using PodEngine.QueueHistory.Tests.Running;

namespace PodEngine.QueueHistory.Tests.Faults;

public class FaultScheduleTests
{
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LeaseLength = TimeSpan.FromSeconds(4);

    [Fact]
    public void The_same_seed_draws_the_same_faults() => Assert.Equal(Draw(seed: 7), Draw(seed: 7));

    [Fact]
    public void Another_seed_draws_others() => Assert.NotEqual(Draw(seed: 7), Draw(seed: 8));

    [Fact]
    public void Every_kind_of_fault_comes_and_freezes_outlast_the_lease()
    {
        var faults = Draw(seed: 7);

        Assert.Equal(Enum.GetValues<FaultKind>(), faults.Select(fault => fault.Kind).Distinct().Order());
        Assert.All(faults.Where(fault => fault.Kind is FaultKind.FreezeWorker), fault => Assert.True(fault.For > LeaseLength));
    }

    private static IReadOnlyList<Fault> Draw(int seed) => FaultSchedule.Draw(Seed.Chance(seed), Length, workers: 4, LeaseLength);
}
