namespace PodEngine.Queue.Bench.Reporting;

/// <summary>What a process asks while it has nothing to do.</summary>
internal sealed record IdleFinding
{
    /// <summary>Which of ours.</summary>
    public required string Process { get; init; }

    /// <summary>By PostgreSQL's count.</summary>
    public required double TransactionsPerSecond { get; init; }
}
