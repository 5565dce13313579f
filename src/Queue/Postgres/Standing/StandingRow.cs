using System.Text.Json;
using System.Text.Json.Serialization;
using PodEngine.Queue.Lifecycle;

namespace PodEngine.Queue.Postgres.Standing;

/// <summary>A row of <c>job_state</c>, as <c>save_standings.sql</c> takes it: JSON, so that one statement stores any number of them.</summary>
internal sealed record StandingRow(
    long JobSeq,
    string State,
    long Generation,
    int Priority,
    int Attempts,
    int Rescues,
    string? Worker,
    DateTimeOffset QueuedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt,
    DateTimeOffset RunAt,
    DateTimeOffset? ClaimedAt,
    long? LeaseToken,
    long ProcessedMicros,
    bool Suspended,
    string? StopReason,
    string? RetryToken,
    string? Approval,
    int? ProgressPercent,
    string? ProgressStep,
    string? ProgressDetail,
    string? FailureClass,
    string? FailureCode,
    string? FailureMessage,
    bool? FailureRetryable,
    string? Reason,
    string? Result)
{
    public static string Write(IEnumerable<StoredJob> jobs) =>
        JsonSerializer.Serialize([.. jobs.Select(Of)], StandingRowJson.Default.StandingRowArray);

    private static StandingRow Of(StoredJob job)
    {
        var standing = job.Standing;
        return new StandingRow(
            job.Facts.Sequence,
            StateNames.Of(standing.State),
            standing.Generation,
            standing.Priority,
            standing.Attempts,
            standing.Rescues,
            standing.Worker,
            Storable(standing.QueuedAt),
            Storable(standing.StartedAt),
            Storable(standing.FinishedAt),
            Storable(standing.RunAt),
            Storable(standing.ClaimedAt),
            standing.LeaseToken,
            standing.Processed.Ticks / TimeSpan.TicksPerMicrosecond,
            standing.Suspended,
            Storable(standing.StopReason),
            Storable(standing.RetryToken),
            StateNames.Of(standing.Approval),
            standing.Progress?.Percent,
            Storable(standing.Progress?.Step),
            Storable(standing.Progress?.Detail),
            Storable(standing.Failure?.Class),
            Storable(standing.Failure?.Code),
            Storable(standing.Failure?.Message),
            standing.Failure?.Retryable,
            Storable(standing.Reason),
            Storable(standing.Result));
    }

    /// <summary>PostgreSQL keeps microseconds and rounds; narrow rows, which are found by their time, are cut. So both are cut.</summary>
    private static DateTimeOffset Storable(DateTimeOffset time) => new(time.Ticks - (time.Ticks % TimeSpan.TicksPerMicrosecond), time.Offset);

    private static DateTimeOffset? Storable(DateTimeOffset? time) => time is { } set ? Storable(set) : null;

    /// <summary>PostgreSQL's text holds any character but U+0000.</summary>
    public static string? Storable(string? text) => text?.Replace("\0", "", StringComparison.Ordinal);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(StandingRow[]))]
internal sealed partial class StandingRowJson : JsonSerializerContext;
