using System.Text.Json.Serialization;
using PodEngine.Queue.Bench.Contenders;
using PodEngine.Queue.Bench.Measuring;

namespace PodEngine.Queue.Bench.Reporting;

/// <summary>
/// Ours beside others of the same run; null where it was not measured. Of drains and inserts: the median of the rounds' ratios, each against the best peer
/// of that round.
/// </summary>
internal sealed record Ratios
{
    /// <summary>Drain, best settings against best settings.</summary>
    public double? DrainVsBestPeer { get; init; }

    /// <summary>Drain, ours against the peers' defaults.</summary>
    public double? DrainVsBestPeerDefaults { get; init; }

    /// <summary>Drain with 25 jobs in flight per process against graphile-worker's defaults. The name is that of the issue, hence written out.</summary>
    [JsonPropertyName("drain_25_vs_graphile_defaults")]
    public double? Drain25VsGraphileDefaults { get; init; }

    /// <summary>The same with 25 jobs per process held until their outcome was accepted.</summary>
    [JsonPropertyName("drain_25_held_vs_graphile_defaults")]
    public double? Drain25HeldVsGraphileDefaults { get; init; }

    /// <summary>PostgreSQL's processor time per job; below 1 is better.</summary>
    public double? PgCpuVsBestPeer { get; init; }

    /// <summary>Inserts, 10,000 per call.</summary>
    public double? BulkInsertVsBestPeer { get; init; }

    /// <summary>Inserts one by one.</summary>
    public double? SingleInsertVsBestPeer { get; init; }

    /// <summary>Growth of the median wait under a held snapshot by that of the best peer; below 1 is better.</summary>
    public double? HeldSnapshotGrowthVsBestPeer { get; init; }

    /// <summary>Median pickup with a million ready and a million scheduled jobs by that with none; 1 is best.</summary>
    [JsonPropertyName("pickup_p50_1m_backlog_vs_empty")]
    public double? PickupP50BacklogVsEmpty { get; init; }

    /// <summary>The 99th percentile of the same.</summary>
    [JsonPropertyName("pickup_p99_1m_backlog_vs_empty")]
    public double? PickupP99BacklogVsEmpty { get; init; }

    /// <summary>Median pickup of whole workers with a million scheduled jobs by that with none; 1 is best.</summary>
    [JsonPropertyName("pickup_p50_1m_scheduled_vs_idle")]
    public double? PickupP50ScheduledVsIdle { get; init; }

    /// <summary>Reckons them.</summary>
    public static Ratios Of(Findings found)
    {
        ContenderRole[] best = [ContenderRole.GraphileWorkerBest, ContenderRole.PgBossBest];
        ContenderRole[] defaults = [ContenderRole.GraphileWorkerDefaults, ContenderRole.PgBossDefaults];
        var speeds = found.Drains.Select(drain => (drain.Role, drain.Round, drain.JobsPerSecond)).ToList();
        var bulks = found.Drains.Where(drain => drain.Role is ContenderRole.Ours || best.Contains(drain.Role)).Select(drain => (drain.Role, drain.Round, drain.BulkInsertsPerSecond)).ToList();
        return new Ratios
        {
            DrainVsBestPeer = PerRound(speeds, ContenderRole.Ours, best, Enumerable.Max),
            DrainVsBestPeerDefaults = PerRound(speeds, ContenderRole.Ours, defaults, Enumerable.Max),
            Drain25VsGraphileDefaults = PerRound(speeds, ContenderRole.OursFewInFlight, [ContenderRole.GraphileWorkerDefaults], Enumerable.Max),
            Drain25HeldVsGraphileDefaults = PerRound(speeds, ContenderRole.OursFewHeld, [ContenderRole.GraphileWorkerDefaults], Enumerable.Max),
            PgCpuVsBestPeer = PerRound([.. found.Drains.Select(drain => (drain.Role, drain.Round, drain.PgCpuUsPerJob))], ContenderRole.Ours, best, Enumerable.Min),
            BulkInsertVsBestPeer = PerRound(bulks, ContenderRole.Ours, best, Enumerable.Max),
            SingleInsertVsBestPeer = PerRound([.. found.Inserts.Select(insert => (insert.Role, insert.Round, insert.PerSecond))], ContenderRole.Ours, best, Enumerable.Max),
            HeldSnapshotGrowthVsBestPeer = Growth(found),
            PickupP50BacklogVsEmpty = Against(found, Situations.ProbeReady, Situations.ProbeEmpty, waited => waited.P50Ms),
            PickupP99BacklogVsEmpty = Against(found, Situations.ProbeReady, Situations.ProbeEmpty, waited => waited.P99Ms),
            PickupP50ScheduledVsIdle = Against(found, Situations.Scheduled, Situations.Idle, waited => waited.P50Ms),
        };
    }

    private static double? PerRound(
        List<(ContenderRole Role, int Round, double Value)> values, ContenderRole ours, ContenderRole[] peers, Func<IEnumerable<double>, double> best)
    {
        var ratios = values.GroupBy(value => value.Round)
            .Where(round => round.Any(value => value.Role == ours) && round.Any(value => peers.Contains(value.Role)))
            .Select(round => round.First(value => value.Role == ours).Value / best(round.Where(value => peers.Contains(value.Role)).Select(value => value.Value)))
            .ToList();
        return ratios.Count == 0 ? null : Distribution.Median(ratios);
    }

    private static double? Growth(Findings found)
    {
        var ours = found.HeldSnapshots.Where(snapshot => snapshot.Role == ContenderRole.Ours).Select(snapshot => snapshot.Growth).ToList();
        var peers = found.HeldSnapshots.Where(snapshot => snapshot.Role != ContenderRole.Ours).Select(snapshot => snapshot.Growth).ToList();
        return ours.Count == 0 || peers.Count == 0 ? null : ours[0] / peers.Min();
    }

    private static double? Against(Findings found, string situation, string without, Func<Distribution, double> figure)
    {
        var ours = found.Pickups.Where(pickup => pickup.Role == ContenderRole.Ours).ToLookup(pickup => pickup.Situation, pickup => figure(pickup.Waited));
        return ours[situation].Any() && ours[without].Any() ? ours[situation].First() / ours[without].First() : null;
    }
}
