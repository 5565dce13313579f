using PodEngine.Queue.Bench.Contenders;
using PodEngine.Queue.Bench.Measuring;

namespace PodEngine.Queue.Bench.Reporting;

/// <summary>What is kept of a run, <c>bench/results/queue.json</c>. The figures first that the targets are about, then everything measured.</summary>
internal sealed record BenchResult
{
    /// <summary>Ours beside others.</summary>
    public required Ratios Ratios { get; init; }

    /// <summary>Processor time of PostgreSQL per job of our drain, microseconds; median of the rounds.</summary>
    public double? PgCpuUsPerJob { get; init; }

    /// <summary>The same until the mirror had caught up too.</summary>
    public double? PgCpuUsPerJobMirrored { get; init; }

    /// <summary>Write-ahead log per job of our drain; median of the rounds.</summary>
    public double? WalBytesPerJob { get; init; }

    /// <summary>Our median pickup of an idle queue, milliseconds.</summary>
    public double? PickupP50Ms { get; init; }

    /// <summary>The 99th percentile of the same.</summary>
    public double? PickupP99Ms { get; init; }

    /// <summary>Our median wait under a held snapshot, last window by first.</summary>
    public double? HeldSnapshotGrowth { get; init; }

    /// <summary>The same of each peer.</summary>
    public required IReadOnlyDictionary<string, double> HeldSnapshotGrowthOfPeers { get; init; }

    /// <summary>From kill −9 until the job was started elsewhere, seconds, 99th percentile.</summary>
    public double? RescueP99S { get; init; }

    /// <summary>Transactions per second of one of our idle workers.</summary>
    public double? IdleTransactionsPerSecond { get; init; }

    /// <summary>From SIGTERM until unstarted jobs were claimed elsewhere, milliseconds, median.</summary>
    public double? HandBackP50Ms { get; init; }

    /// <summary>Until all jobs of a free key had started behind those of a saturated one, milliseconds, the longest of the tries.</summary>
    public double? FreeKeyStartedMs { get; init; }

    /// <summary>The machine.</summary>
    public required Machine Machine { get; init; }

    /// <summary>Versions of what was run.</summary>
    public required IReadOnlyDictionary<string, string> Versions { get; init; }

    /// <summary>PostgreSQL's settings that are not the default.</summary>
    public required IReadOnlyDictionary<string, string> PostgresSettings { get; init; }

    /// <summary>The contenders' settings.</summary>
    public required IReadOnlyDictionary<string, string> ContenderSettings { get; init; }

    /// <summary>Everything measured.</summary>
    public required Findings Findings { get; init; }

    /// <summary>The figures of a run.</summary>
    public static BenchResult Of(Findings found, Machine machine, IReadOnlyDictionary<string, string> versions, IReadOnlyDictionary<string, string> postgres, Field field)
    {
        var drains = found.Drains.Where(drain => drain.Role == ContenderRole.Ours).ToList();
        var pickup = found.Pickups.Find(pickup => pickup is { Role: ContenderRole.Ours, Situation: Situations.Idle })?.Waited;
        return new BenchResult
        {
            Ratios = Ratios.Of(found),
            PgCpuUsPerJob = Median(drains.Select(drain => drain.PgCpuUsPerJob)),
            PgCpuUsPerJobMirrored = Median(drains.Select(drain => drain.PgCpuUsPerJobMirrored)),
            WalBytesPerJob = Median(drains.Select(drain => drain.WalBytesPerJob)),
            PickupP50Ms = pickup?.P50Ms,
            PickupP99Ms = pickup?.P99Ms,
            HeldSnapshotGrowth = found.HeldSnapshots.Find(snapshot => snapshot.Role == ContenderRole.Ours)?.Growth,
            HeldSnapshotGrowthOfPeers = found.HeldSnapshots.Where(snapshot => snapshot.Role != ContenderRole.Ours).ToDictionary(snapshot => snapshot.Contender, snapshot => snapshot.Growth),
            RescueP99S = found.Rescues is [{ UntilStarted.P99Ms: var milliseconds }, ..] ? milliseconds / 1000 : null,
            IdleTransactionsPerSecond = found.Idles is [{ TransactionsPerSecond: var rate }, ..] ? rate : null,
            HandBackP50Ms = found.HandBacks is [{ UntilClaimed.P50Ms: var handBack }, ..] ? handBack : null,
            FreeKeyStartedMs = found.SaturatedKeys is [{ UntilAllStarted.MaxMs: var started }, ..] ? started : null,
            Machine = machine,
            Versions = versions,
            PostgresSettings = postgres,
            ContenderSettings = field.All.ToDictionary(contender => contender.Name, contender => contender.Settings),
            Findings = found,
        };
    }

    private static double? Median(IEnumerable<double> numbers) => numbers.ToList() is { Count: > 0 } list ? Distribution.Median(list) : null;
}
