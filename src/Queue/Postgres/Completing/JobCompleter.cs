using Npgsql;
using PodEngine.Queue.Postgres.Connecting;
using PodEngine.Queue.Postgres.Standing;

namespace PodEngine.Queue.Postgres.Completing;

/// <summary>
/// The straight path of attempts that completed their jobs, <c>complete.sql</c>: one statement for any number. For leases that this process claimed: they know
/// their jobs by number.
/// </summary>
internal sealed class JobCompleter(PostgresStore store)
{
    /// <summary>
    /// For this transaction: the planner cannot know how long the lists are it is given, and pairs them row by row if it may. Tables are looked up by key,
    /// also by a plan made while they were empty.
    /// </summary>
    private const string JoinByHash = """
        select set_config('enable_nestloop', 'off', true), set_config('enable_seqscan', 'off', true),
               set_config('plan_cache_mode', 'force_generic_plan', true)
        """;

    /// <summary>Adds completions to a batch. Said twice at the same time, one is accepted once.</summary>
    public void Add(NpgsqlBatch batch, IReadOnlyList<AttemptWrite.Outcome> completions)
    {
        batch.Add(JoinByHash);
        batch.Add(
            store.Sql.File("Postgres/Completing/complete.sql"),
            ("seqs", completions.Select(write => write.Lease.Sequence).ToArray()),
            ("tokens", completions.Select(write => write.Lease.Token).ToArray()),
            ("results", completions.Select(write => StandingRow.Storable(((AttemptOutcome.Completed)write.Reported).Result)).ToArray()),
            ("now", store.Now));
    }

    /// <summary>Reads which were accepted; null where not. The reader stands before the results of <see cref="Add"/>.</summary>
    public static async Task<JobState?[]> ReadAsync(NpgsqlDataReader reader, int count, CancellationToken cancellationToken)
    {
        await reader.NextResultAsync(cancellationToken);
        var states = new JobState?[count];
        while (await reader.ReadAsync(cancellationToken))
        {
            states[reader.GetInt64(0) - 1] = JobState.Completed;
        }

        await reader.NextResultAsync(cancellationToken);
        return states;
    }
}
