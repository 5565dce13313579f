using Npgsql;
using PodEngine.Queue.Lifecycle;
using PodEngine.Queue.Postgres.Standing;

namespace PodEngine.Queue.Postgres.Completing;

/// <summary>Writes of an attempt: its progress and its outcome. Each locks the job and is refused unless the job still carries the attempt's token.</summary>
internal sealed class AttemptCloser(StoredJobs jobs)
{
    public async Task<JobsChanged<JobState?>> FinishAsync(
        NpgsqlConnection connection, JobLease lease, AttemptOutcome outcome, CancellationToken cancellationToken)
    {
        if (await HeldAsync(connection, lease, cancellationToken) is not { } job)
        {
            return new JobsChanged<JobState?>(null, []);
        }

        var now = await jobs.NowAsync(connection, cancellationToken);
        var after = AttemptRules.Finish(job, outcome, now, Jitter.Next());
        return new JobsChanged<JobState?>(after.State, await jobs.SaveAsync(connection, [(job, after)], cancellationToken));
    }

    public async Task<JobsChanged<bool>> ReportAsync(
        NpgsqlConnection connection, JobLease lease, JobProgress progress, CancellationToken cancellationToken)
    {
        var job = await HeldAsync(connection, lease, cancellationToken) ?? throw new LeaseLostException(lease);
        var after = job.Standing with { Progress = progress };
        return new JobsChanged<bool>(true, await jobs.SaveAsync(connection, [(job, after)], cancellationToken));
    }

    private async Task<StoredJob?> HeldAsync(NpgsqlConnection connection, JobLease lease, CancellationToken cancellationToken)
    {
        var locked = await jobs.LockAsync(connection, [lease.Job], cancellationToken);
        return locked.Count == 1 && locked[0].Standing.LeaseToken == lease.Token ? locked[0] : null;
    }
}
