using Npgsql;
using PodEngine.Queue.Lifecycle;
using PodEngine.Queue.Postgres.Connecting;
using PodEngine.Queue.Postgres.Standing;

namespace PodEngine.Queue.Postgres.Completing;

/// <summary>
/// Writes of attempts that leave the straight path, many in one transaction: read, decided and written. Each is refused (a null state) unless a lease
/// with its token still names its job.
/// </summary>
internal sealed class AttemptCloser(PostgresStore store, StoredJobs jobs)
{
    /// <summary>Stores progress and ends attempts in any way, in the order given.</summary>
    public async Task<JobsChanged<JobState?[]>> ApplyAsync(
        NpgsqlConnection connection, IReadOnlyList<AttemptWrite> writes, CancellationToken cancellationToken)
    {
        var ids = writes.Select(write => write.Lease.Job).Distinct();
        var locked = writes.All(write => write is AttemptWrite.Progress)
            ? await jobs.LockAsync(connection, ids, cancellationToken)
            : await jobs.LockToReleaseAsync(connection, ids, cancellationToken);
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
