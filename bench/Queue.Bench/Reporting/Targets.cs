using System.Globalization;

namespace PodEngine.Queue.Bench.Reporting;

/// <summary>The targets, each beside what was measured. Missing one fails nothing: a benchmark on a busy machine is not a test.</summary>
internal static class Targets
{
    public static void Write(TextWriter output, BenchResult result)
    {
        var table = new TextTable("target", "wanted", "measured", "");
        var ratios = result.Ratios;
        AtLeast(table, "drain, x best peer", 2, ratios.DrainVsBestPeer);
        AtLeast(table, "drain, x best peer at defaults", 10, ratios.DrainVsBestPeerDefaults);
        AtLeast(table, "drain at 25 in flight, x graphile-worker's defaults", 10, ratios.Drain25VsGraphileDefaults);
        AtMost(table, "PostgreSQL CPU per job, us", 15, result.PgCpuUsPerJob);
        AtMost(table, "pickup p50, ms", 5, result.PickupP50Ms);
        AtMost(table, "pickup p99, ms", 15, result.PickupP99Ms);
        AtMost(table, "pickup p50 at 1M ready and 1M scheduled, x empty", 1.2, ratios.PickupP50BacklogVsEmpty);
        AtMost(table, "pickup p50 at 1M scheduled, x idle", 1.2, ratios.PickupP50ScheduledVsIdle);
        AtMost(table, "held snapshot: growth, x best peer's", 0.5, ratios.HeldSnapshotGrowthVsBestPeer);
        AtMost(table, "kill -9 to started elsewhere, p99, s", 15, result.RescueP99S);
        AtMost(table, "SIGTERM to hand-back, p50, ms", 100, result.HandBackP50Ms);
        AtMost(table, "100 jobs behind 10,000 of a saturated key all started, ms", 1000, result.FreeKeyStartedMs);
        AtMost(table, "idle transactions per second", 1, result.IdleTransactionsPerSecond);
        table.Write(output);
    }

    private static void AtLeast(TextTable table, string what, double wanted, double? measured) => Add(table, what, $">= {Text(wanted)}", measured, measured >= wanted);

    private static void AtMost(TextTable table, string what, double wanted, double? measured) => Add(table, what, $"<= {Text(wanted)}", measured, measured <= wanted);

    private static void Add(TextTable table, string what, string wanted, double? measured, bool met)
    {
        if (measured is { } figure)
        {
            table.Add(what, wanted, Text(figure), met ? "met" : "missed");
        }
    }

    private static string Text(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}
