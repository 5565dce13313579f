using System.Globalization;
using PodEngine.Queue.Bench.Contenders;
using PodEngine.Queue.Bench.Measuring;

namespace PodEngine.Queue.Bench.Reporting;

/// <summary>The result as people read it: one table per cell, the targets last.</summary>
internal static class ResultTable
{
    public static void Write(TextWriter output, BenchResult result)
    {
        var found = result.Findings;
        Drains(output, found);
        Pickups(output, found);
        Snapshots(output, found);
        Others(output, found);
        Targets.Write(output, result);
        foreach (var fault in found.PeerFaults)
        {
            output.WriteLine($"noted of a peer: {fault}");
        }

        foreach (var fault in found.Faults)
        {
            output.WriteLine($"FAULT: {fault}");
        }
    }

    private static void Drains(TextWriter output, Findings found)
    {
        if (found.Drains.Count > 0)
        {
            var best = found.Drains.Where(drain => IsBestPeer(drain.Role)).GroupBy(drain => drain.Role)
                .Select(rounds => Median(rounds, drain => drain.JobsPerSecond)).DefaultIfEmpty().Max();
            var table = new TextTable("drain, 2 processes", "jobs/s", "best", "x best peer", "PG us/job", "+mirror", "worker us/job", "host us/job", "WAL B/job", "+mirror", "dead rows", "bulk ins/s", "single ins/s");
            foreach (var rounds in found.Drains.GroupBy(drain => drain.Contender))
            {
                var speed = Median(rounds, drain => drain.JobsPerSecond);
                var singles = found.Inserts.Where(insert => insert.Contender == rounds.Key).Select(insert => insert.PerSecond).ToList();
                table.Add(
                    rounds.Key, Whole(speed), Whole(rounds.Max(drain => drain.JobsPerSecond)), best > 0 ? Tenth(speed / best) : "",
                    Tenth(Median(rounds, drain => drain.PgCpuUsPerJob)), Tenth(Median(rounds, drain => drain.PgCpuUsPerJobMirrored)),
                    Tenth(Median(rounds, drain => drain.WorkerCpuUsPerJob)), Tenth(Median(rounds, drain => drain.HostCpuUsPerJob)),
                    Whole(Median(rounds, drain => drain.WalBytesPerJob)), Whole(Median(rounds, drain => drain.WalBytesPerJobMirrored)),
                    Whole(Median(rounds, drain => drain.DeadRows)), Whole(Median(rounds, drain => drain.BulkInsertsPerSecond)),
                    singles.Count > 0 ? Whole(Distribution.Median(singles)) : "");
            }

            table.Write(output);
        }
    }

    private static void Pickups(TextWriter output, Findings found)
    {
        var table = new TextTable("pickup at 50 jobs/s, ms", "situation", "p50", "p99", "max", "jobs", "PG us/job", "settings");
        foreach (var pickup in found.Pickups)
        {
            table.Add(pickup.Contender, pickup.Situation, Tenth(pickup.Waited.P50Ms), Tenth(pickup.Waited.P99Ms), Tenth(pickup.Waited.MaxMs), Whole(pickup.Waited.Samples), Whole(pickup.PgCpuUsPerJob), pickup.Settings);
        }

        table.Write(output);
    }

    private static void Snapshots(TextWriter output, Findings found)
    {
        var table = new TextTable("2,000/s, snapshot held", "p50 of windows of 10 s, ms", "last p99", "growth", "PG us/job", "dead rows", "settings");
        foreach (var snapshot in found.HeldSnapshots)
        {
            table.Add(
                snapshot.Contender, string.Join(' ', snapshot.Windows.Select(window => Tenth(window.P50Ms))), Tenth(snapshot.Windows[^1].P99Ms),
                Tenth(snapshot.Growth), Whole(snapshot.PgCpuUsPerJob), Whole(snapshot.DeadRows), snapshot.Settings);
        }

        table.Write(output);
    }

    private static void Others(TextWriter output, Findings found)
    {
        var table = new TextTable("ours", "figure");
        foreach (var idle in found.Idles)
        {
            table.Add($"idle transactions/s, {idle.Process}", idle.TransactionsPerSecond.ToString("N2", CultureInfo.InvariantCulture));
        }

        foreach (var back in found.HandBacks)
        {
            table.Add("SIGTERM to unstarted jobs claimed, ms", $"p50 {Tenth(back.UntilClaimed.P50Ms)}, longest {Tenth(back.UntilClaimed.MaxMs)}, {back.UntilClaimed.Samples} times");
        }

        foreach (var rescue in found.Rescues)
        {
            table.Add("kill -9 to started elsewhere, s", $"p50 {Tenth(rescue.UntilStarted!.P50Ms / 1000)}, p99 {Tenth(rescue.UntilStarted.P99Ms / 1000)}, {rescue.Kills} kills");
            table.Add("stale writes", $"{rescue.StaleTried} tried, {rescue.StaleAccepted} accepted");
        }

        foreach (var key in found.SaturatedKeys)
        {
            table.Add($"{key.Free} jobs behind {key.Saturated} of a saturated key, ms", $"p50 {Tenth(key.UntilAllStarted.P50Ms)}, longest {Tenth(key.UntilAllStarted.MaxMs)}");
        }

        table.Write(output);
    }

    private static bool IsBestPeer(ContenderRole role) => role is ContenderRole.GraphileWorkerBest or ContenderRole.PgBossBest;

    private static double Median<T>(IEnumerable<T> items, Func<T, double> figure) => Distribution.Median(items.Select(figure));

    private static string Whole(double number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Tenth(double number) => number.ToString("N1", CultureInfo.InvariantCulture);
}
