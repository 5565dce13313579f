using System.Data;
using Npgsql;
using PodEngine.Queue.Lifecycle;

namespace PodEngine.Queue.Postgres.Standing;

/// <summary>Reads rows of <c>select_jobs.sql</c>.</summary>
internal static class StoredJobReader
{
    public static async Task<IReadOnlyList<StoredJob>> ReadAllAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var jobs = new List<StoredJob>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var facts = Facts(reader);
            jobs.Add(new StoredJob(facts, Held(reader, reader.IsDBNull("state") ? JobStanding.Fresh(facts) : Standing(reader))));
        }

        return jobs;
    }

    private static JobFacts Facts(NpgsqlDataReader row) => new()
    {
        Id = new JobId(row.GetGuid("id")),
        Sequence = row.GetInt64("seq"),
        Queue = new QueueKey(row.GetGuid("installation_id"), row.GetString("namespace"), row.GetString("pool")),
        LimitKey = row.GetString("limit_key") is { Length: > 0 } key ? key : null,
        Name = row.GetString("name"),
        Arguments = row.GetString("arguments"),
        Retry = new RetryPolicy
        {
            MaxRetries = row.GetInt32("max_retries"),
            Delay = row.GetFieldValue<TimeSpan>("retry_delay"),
            Exponential = row.GetBoolean("retry_exponential"),
            MaxDelay = row.GetFieldValue<TimeSpan>("retry_max_delay"),
        },
        ActiveDeadline = row.GetFieldValue<TimeSpan>("active_deadline"),
        StartAfter = Time(row, "start_after"),
        CreatedAt = row.GetFieldValue<DateTimeOffset>("created_at"),
        Generation = row.GetInt64("first_generation"),
        Priority = row.GetInt32("first_priority"),
        RetryToken = Text(row, "first_retry_token"),
    };

    /// <summary>A claim writes its lease and nothing else: what it did to the job follows from the rule.</summary>
    private static JobStanding Held(NpgsqlDataReader row, JobStanding stored) =>
        row.IsDBNull("held_token") || stored.LeaseToken is not null
            ? stored
            : AttemptRules.Claim(stored, row.GetString("held_by"), row.GetInt64("held_token"), row.GetFieldValue<DateTimeOffset>("held_since"));

    private static JobStanding Standing(NpgsqlDataReader row) => new()
    {
        State = StateNames.State(row.GetString("state")),
        Generation = row.GetInt64("generation"),
        Priority = row.GetInt32("priority"),
        Attempts = row.GetInt32("attempts"),
        Rescues = row.GetInt32("rescues"),
        Worker = Text(row, "worker"),
        QueuedAt = row.GetFieldValue<DateTimeOffset>("queued_at"),
        StartedAt = Time(row, "started_at"),
        FinishedAt = Time(row, "finished_at"),
        RunAt = row.GetFieldValue<DateTimeOffset>("run_at"),
        ClaimedAt = Time(row, "claimed_at"),
        LeaseToken = row.IsDBNull("lease_token") ? null : row.GetInt64("lease_token"),
        Processed = TimeSpan.FromMicroseconds(row.GetInt64("processed_micros")),
        Suspended = row.GetBoolean("suspended"),
        StopReason = Text(row, "stop_reason"),
        RetryToken = Text(row, "retry_token"),
        Approval = StateNames.Approval(Text(row, "approval")),
        Progress = row.IsDBNull("progress_percent")
            ? null
            : new JobProgress(row.GetInt32("progress_percent"), Text(row, "progress_step") ?? "", Text(row, "progress_detail")),
        Failure = row.IsDBNull("failure_code")
            ? null
            : new JobFailure(
                row.GetString("failure_class"), row.GetString("failure_code"), row.GetString("failure_message"), row.GetBoolean("failure_retryable")),
        Reason = Text(row, "reason"),
        Result = Text(row, "result"),
    };

    private static DateTimeOffset? Time(NpgsqlDataReader row, string column) =>
        row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);

    private static string? Text(NpgsqlDataReader row, string column) => row.IsDBNull(column) ? null : row.GetString(column);
}
