namespace PodEngine.Ledger;

/// <summary>A line of a job's log, without secrets.</summary>
/// <param name="Time">When, by the writer's clock.</param>
/// <param name="Level"><c>info</c>, <c>warning</c> or <c>error</c>.</param>
/// <param name="Worker">Who wrote it.</param>
/// <param name="Message">At most 4,096 characters.</param>
public sealed record LogLine(DateTimeOffset Time, string Level, string Worker, string Message);
