using PodEngine.Queue.Bench.Contenders;
using PodEngine.Queue.Bench.Measuring;

namespace PodEngine.Queue.Bench.Reporting;

/// <summary>How waits grew while a snapshot was held.</summary>
internal sealed record HeldSnapshotFinding
{
    /// <summary>Whose.</summary>
    public required string Contender { get; init; }

    /// <summary>What it stands for.</summary>
    public required ContenderRole Role { get; init; }

    /// <summary>Its settings.</summary>
    public required string Settings { get; init; }

    /// <summary>Windows of 10 s.</summary>
    public required IReadOnlyList<Distribution> Windows { get; init; }

    /// <summary>Processor time of PostgreSQL, microseconds per job, everything included from the insert on.</summary>
    public required double PgCpuUsPerJob { get; init; }

    /// <summary>Rows dead at the end.</summary>
    public required long DeadRows { get; init; }

    /// <summary>Median of the last window by that of the first.</summary>
    public double Growth => Windows is [{ P50Ms: > 0 and var first }, .., { P50Ms: var last }] ? last / first : 1;
}
