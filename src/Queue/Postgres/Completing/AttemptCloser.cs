using Npgsql;
using PodEngine.Queue.Lifecycle;
using PodEngine.Queue.Postgres.Connecting;
using PodEngine.Queue.Postgres.Standing;

namespace PodEngine.Queue.Postgres.Completing;

/// <summary>
/// Writes of attempts, many in one transaction. Each is refused (a null state) unless a lease with its token still names its job. What completed takes
/// the straight path, one statement; everything else is read, decided and written.
/// </summary>
internal sealed class AttemptCloser(PostgresStore store, StoredJobs jobs)
{
    /// <summary>For this transaction: the planner cannot know how long the lists are it is given, and pairs them row by row if it may.</summary>
    private const string JoinByHash = "select set_config('enable_nestloop', 'off', true)";

    /// <summary>Ends attempts that completed their jobs.</summary>
    public async Task<JobsChanged<JobState?[]>> CompleteAsync(
        NpgsqlConnection connection, IReadOnlyList<AttemptWrite.Outcome> writes, CancellationToken cancellationToken)
    {
        // Said twice at the same time, it is accepted once.
        var first = writes.Index().DistinctBy(write => write.Item.Lease).ToList();
        await using var batch = connection.CreateBatch();
        batch.Add(JoinByHash);
        batch.Add(
            store.Sql.File("Postgres/Completing/complete.sql"),
            ("ids", StoredJobs.Values(first.Select(write => write.Item.Lease.Job))),
            ("tokens", first.Select(write => write.Item.Lease.Token).ToArray()),
            ("results", first.Select(write => StandingRow.Storable(((AttemptOutcome.Completed)write.Item.Reported).Result)).ToArray()),
            ("now", store.Now));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        var states = new JobState?[writes.Count];
        var accepted = 0;
        while (await reader.ReadAsync(cancellationToken))
        {
            states[first[(int)reader.GetInt64(0) - 1].Index] = JobState.Completed;
            accepted++;
        }

        return new JobsChanged<JobState?[]>(states, [], accepted);
    }

    /// <summary>Stores progress and ends attempts in any way, in the order given.</summary>
    public async Task<JobsChanged<JobState?[]>> ApplyAsync(
        NpgsqlConnection connection, IReadOnlyList<AttemptWrite> writes, CancellationToken cancellationToken)
    {
        var locked = await jobs.LockAsync(connection, writes.Select(write => write.Lease.Job).Distinct(), cancellationToken);
        var now = await jobs.NowAsync(connection, cancellationToken);
        var current = locked.ToDictionary(job => job.Facts.Id);
        var states = writes.Select(write => Apply(current, write, now)).ToArray();
        var changed = await jobs.SaveAsync(connection, locked.Select(job => (job, current[job.Facts.Id].Standing)), cancellationToken);
        await HoldLanesAsync(connection, writes.Where((_, i) => states[i] is not null), now, cancellationToken);
        return new JobsChanged<JobState?[]>(states, changed);
    }

    private static JobState? Apply(Dictionary<JobId, StoredJob> current, AttemptWrite write, DateTimeOffset now)
    {
        if (current.GetValueOrDefault(write.Lease.Job) is not { } job || job.Standing.LeaseToken != write.Lease.Token)
        {
            return null;
        }

        var after = write switch
        {
            AttemptWrite.Progress progress => job.Standing with { Progress = progress.Reached },
            AttemptWrite.Outcome outcome => AttemptRules.Finish(job, outcome.Reported, now, Jitter.Next()),
            _ => throw new ArgumentException($"Unknown write {write.GetType().Name}.", nameof(write)),
        };
        current[write.Lease.Job] = job with { Standing = after };
        return after.State;
    }

    /// <summary>A saturated limit holds the lanes of its jobs: nothing of them is claimed before.</summary>
    private async Task HoldLanesAsync(
        NpgsqlConnection connection, IEnumerable<AttemptWrite> writes, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var holds = writes.OfType<AttemptWrite.Outcome>()
            .Where(write => write.Reported is AttemptOutcome.Snoozed { HoldKey: true })
            .Select(write => (Job: write.Lease.Job.Value, Until: (now + ((AttemptOutcome.Snoozed)write.Reported).For).UtcDateTime))
            .ToList();
        if (holds.Count == 0)
        {
            return;
        }

        await using var command = connection.Command(
            store.Sql.File("Postgres/Completing/hold_lanes.sql"),
            ("ids", holds.Select(hold => hold.Job).ToArray()),
            ("untils", holds.Select(hold => hold.Until).ToArray()));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
