namespace PodEngine.Ledger;

/// <summary>A line of a job's log, without secrets.</summary>
/// <param name="Level"><c>info</c>, <c>warning</c> or <c>error</c>.</param>
/// <param name="Worker">Who wrote it.</param>
/// <param name="Message">At most 4,096 characters.</param>
public sealed record LogLine(string Level, string Worker, string Message)
{
    /// <summary>When it was written, by the store's clock. The store sets it; of a line to be written it is not looked at.</summary>
    public DateTimeOffset Time { get; init; }
}
