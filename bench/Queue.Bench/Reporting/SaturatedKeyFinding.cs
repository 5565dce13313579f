using PodEngine.Queue.Bench.Measuring;

namespace PodEngine.Queue.Bench.Reporting;

/// <summary>How long jobs of a free key waited behind those of a saturated one.</summary>
internal sealed record SaturatedKeyFinding
{
    /// <summary>Jobs of the saturated key, in front.</summary>
    public required int Saturated { get; init; }

    /// <summary>Jobs of the free key, behind them.</summary>
    public required int Free { get; init; }

    /// <summary>From the moment two idle workers begin, knowing nothing of the limit, until the last of the free jobs was started.</summary>
    public required Distribution UntilAllStarted { get; init; }
}
