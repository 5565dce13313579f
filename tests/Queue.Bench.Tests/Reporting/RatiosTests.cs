using PodEngine.Queue.Bench.Contenders;
using PodEngine.Queue.Bench.Measuring;
using PodEngine.Queue.Bench.Reporting;

namespace PodEngine.Queue.Bench.Tests.Reporting;

public sealed class RatiosTests
{
    [Fact]
    public void A_drain_is_held_against_the_best_peer_of_its_own_round()
    {
        var found = new Findings();
        found.Drains.AddRange(
        [
            Drain(ContenderRole.Ours, 1, 100), Drain(ContenderRole.GraphileWorkerBest, 1, 40), Drain(ContenderRole.PgBossBest, 1, 50),
            Drain(ContenderRole.Ours, 2, 30), Drain(ContenderRole.GraphileWorkerBest, 2, 10), Drain(ContenderRole.PgBossBest, 2, 5),
            Drain(ContenderRole.Ours, 3, 80), Drain(ContenderRole.GraphileWorkerBest, 3, 20), Drain(ContenderRole.PgBossBest, 3, 16),
        ]);

        // 100/50, 30/10, 80/20: the quiet third round does not make up for the loud ones.
        Assert.Equal(3, Ratios.Of(found).DrainVsBestPeer);
    }

    [Fact]
    public void Growth_under_a_held_snapshot_is_held_against_the_peer_that_grew_least()
    {
        var found = new Findings();
        found.HeldSnapshots.AddRange([Snapshot(ContenderRole.Ours, 4, 8), Snapshot(ContenderRole.GraphileWorkerBest, 5, 40), Snapshot(ContenderRole.PgBossBest, 5, 100)]);

        Assert.Equal(0.25, Ratios.Of(found).HeldSnapshotGrowthVsBestPeer);
    }

    [Fact]
    public void What_was_not_measured_is_not_told()
    {
        Assert.Equal(new Ratios(), Ratios.Of(new Findings()));
    }

    private static DrainFinding Drain(ContenderRole role, int round, double speed) => new()
    {
        Contender = role.ToString(),
        Role = role,
        Round = round,
        Jobs = 1,
        JobsPerSecond = speed,
        PgCpuUsPerJob = 1,
        PgCpuUsPerJobMirrored = 1,
        WorkerCpuUsPerJob = 1,
        HostCpuUsPerJob = 1,
        WalBytesPerJob = 1,
        WalBytesPerJobMirrored = 1,
        DeadRows = 1,
        BulkInsertsPerSecond = 1,
    };

    private static HeldSnapshotFinding Snapshot(ContenderRole role, double first, double last) => new()
    {
        Contender = role.ToString(),
        Role = role,
        Settings = "",
        Windows = [new Distribution(1, first, first, first), new Distribution(1, last, last, last)],
        PgCpuUsPerJob = 1,
        DeadRows = 0,
    };
}
