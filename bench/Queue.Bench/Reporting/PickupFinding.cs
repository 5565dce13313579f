using PodEngine.Queue.Bench.Contenders;
using PodEngine.Queue.Bench.Measuring;

namespace PodEngine.Queue.Bench.Reporting;

/// <summary>How long jobs waited for their handler.</summary>
internal sealed record PickupFinding
{
    /// <summary>Whose.</summary>
    public required string Contender { get; init; }

    /// <summary>What it stands for.</summary>
    public required ContenderRole Role { get; init; }

    /// <summary>Its settings.</summary>
    public required string Settings { get; init; }

    /// <summary>What else was in the queue.</summary>
    public required string Situation { get; init; }

    /// <summary>From the insert's call to the handler's begin.</summary>
    public required Distribution Waited { get; init; }

    /// <summary>Processor time of PostgreSQL, microseconds per job, everything included from the insert on.</summary>
    public required double PgCpuUsPerJob { get; init; }
}
