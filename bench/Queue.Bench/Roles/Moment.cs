using System.Diagnostics;

namespace PodEngine.Queue.Bench.Roles;

/// <summary>The machine's monotonic clock in microseconds: the same in every process, Node's <c>process.hrtime</c> included.</summary>
internal static class Moment
{
    private static readonly long TicksPerMicrosecond = Stopwatch.Frequency / 1_000_000;

    public static long Micros => Stopwatch.GetTimestamp() / TicksPerMicrosecond;
}
