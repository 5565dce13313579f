using PodEngine.Queue.Bench.Measuring;

namespace PodEngine.Queue.Bench.Reporting;

/// <summary>How fast a worker that is asked to end gives back what it has not started.</summary>
internal sealed record HandBackFinding
{
    /// <summary>Jobs it held.</summary>
    public required int Jobs { get; init; }

    /// <summary>From SIGTERM until another has claimed all that was unstarted.</summary>
    public required Distribution UntilClaimed { get; init; }
}
