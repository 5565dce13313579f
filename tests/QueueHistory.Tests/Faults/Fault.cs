namespace PodEngine.QueueHistory.Tests.Faults;

/// <summary>Something that goes wrong.</summary>
/// <param name="At">When, from the beginning of the run.</param>
/// <param name="Kind">What.</param>
/// <param name="Worker">Whose place in the fleet, for faults of workers.</param>
/// <param name="For">For how long, for faults that last.</param>
public sealed record Fault(TimeSpan At, FaultKind Kind, int Worker, TimeSpan For);
