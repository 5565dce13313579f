using PodEngine.Queue.Bench.Contenders;

namespace PodEngine.Queue.Bench.Reporting;

/// <summary>Inserts one by one.</summary>
internal sealed record InsertFinding
{
    /// <summary>Whose.</summary>
    public required string Contender { get; init; }

    /// <summary>What it stands for.</summary>
    public required ContenderRole Role { get; init; }

    /// <summary>Which round, from 1.</summary>
    public required int Round { get; init; }

    /// <summary>Inserts per second of all clients together.</summary>
    public required double PerSecond { get; init; }

    /// <summary>Processor time of PostgreSQL, microseconds per job.</summary>
    public required double PgCpuUsPerJob { get; init; }
}
