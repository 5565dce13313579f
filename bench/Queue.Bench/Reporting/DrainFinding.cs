using PodEngine.Queue.Bench.Contenders;

namespace PodEngine.Queue.Bench.Reporting;

/// <summary>One drain.</summary>
internal sealed record DrainFinding
{
    /// <summary>Whose.</summary>
    public required string Contender { get; init; }

    /// <summary>What it stands for.</summary>
    public required ContenderRole Role { get; init; }

    /// <summary>Which round, from 1.</summary>
    public required int Round { get; init; }

    /// <summary>How many jobs.</summary>
    public required int Jobs { get; init; }

    /// <summary>From the first handler's begin until the store showed nothing unfinished.</summary>
    public required double JobsPerSecond { get; init; }

    /// <summary>Processor time of PostgreSQL, microseconds per job, until then.</summary>
    public required double PgCpuUsPerJob { get; init; }

    /// <summary>The same until the mirror had caught up too.</summary>
    public required double PgCpuUsPerJobMirrored { get; init; }

    /// <summary>Processor time of both worker processes, microseconds per job.</summary>
    public required double WorkerCpuUsPerJob { get; init; }

    /// <summary>Processor time of the process that mirrors and maintains, microseconds per job, until it had caught up.</summary>
    public required double HostCpuUsPerJob { get; init; }

    /// <summary>Write-ahead log per job.</summary>
    public required double WalBytesPerJob { get; init; }

    /// <summary>The same until the mirror had caught up too.</summary>
    public required double WalBytesPerJobMirrored { get; init; }

    /// <summary>Rows dead and not vacuumed at the end.</summary>
    public required long DeadRows { get; init; }

    /// <summary>How fast the jobs had been inserted, 10,000 per call.</summary>
    public required double BulkInsertsPerSecond { get; init; }
}
