using Npgsql;
using PodEngine.Queue.Postgres.Connecting;
using PodEngine.Queue.Postgres.Standing;

namespace PodEngine.Queue.Postgres.Claiming;

/// <summary>Takes claimable jobs, <c>claim.sql</c>.</summary>
internal sealed class JobClaimer(PostgresStore store, QueueTimings timings)
{
    /// <summary>Jobs of one lease, so that its row fits on a page.</summary>
    public const int MostAtATime = 500;

    /// <summary>
    /// For this transaction. Until a fresh backlog is analysed the planner guesses that a lane is short and would rather sort it than walk its index; a
    /// plan made while the tables were empty would read them from end to end. And it would plan anew for each limit, which takes longer than the claim.
    /// </summary>
    public const string WalkTheLaneInOrder = """
        select set_config('enable_nestloop', 'on', true), set_config('enable_sort', 'off', true), set_config('enable_bitmapscan', 'off', true),
               set_config('enable_seqscan', 'off', true), set_config('plan_cache_mode', 'force_generic_plan', true)
        """;

    /// <summary>Adds a claim to a batch.</summary>
    public void Add(NpgsqlBatch batch, ClaimRequest request)
    {
        batch.Add(WalkTheLaneInOrder);
        batch.Add(
            store.Sql.File("Postgres/Claiming/claim.sql"),
            ("installation_id", request.Queue.InstallationId),
            ("namespace", request.Queue.Namespace),
            ("pool", request.Queue.Pool),
            ("worker_id", request.WorkerId),
            ("limit", Math.Clamp(request.Room(), 0, MostAtATime)),
            ("lease_length", timings.LeaseLength),
            ("now", store.Now));
    }

    /// <summary>Reads what it claimed. The reader stands before the results of <see cref="Add"/>.</summary>
    public static async Task<IReadOnlyList<ClaimedJob>> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        await reader.NextResultAsync(cancellationToken);
        var claimed = new List<ClaimedJob>();
        while (await reader.ReadAsync(cancellationToken))
        {
            claimed.Add(Read(reader));
        }

        await reader.NextResultAsync(cancellationToken);
        return claimed;
    }

    private static ClaimedJob Read(NpgsqlDataReader row)
    {
        var remaining = row.GetFieldValue<TimeSpan>(6) - TimeSpan.FromMicroseconds(row.GetInt64(7));
        return new ClaimedJob
        {
            Lease = new JobLease(new JobId(row.GetGuid(0)), row.GetInt64(1)) { Sequence = row.GetInt64(9) },
            Name = row.GetString(2),
            Arguments = row.GetString(3),
            Attempt = row.GetInt32(4),
            MaxAttempts = row.GetInt32(5) + 1,
            DeadlineRemaining = remaining > TimeSpan.Zero ? remaining : TimeSpan.Zero,
            Approval = StateNames.Approval(row.IsDBNull(8) ? null : row.GetString(8)),
        };
    }
}
