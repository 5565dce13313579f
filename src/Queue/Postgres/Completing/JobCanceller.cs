using Npgsql;
using PodEngine.Queue.Lifecycle;
using PodEngine.Queue.Postgres.Standing;

namespace PodEngine.Queue.Postgres.Completing;

/// <summary>Ends waiting jobs and asks running ones to stop.</summary>
internal sealed class JobCanceller(StoredJobs jobs)
{
    public async Task<JobsChanged<bool>> CancelAsync(NpgsqlConnection connection, JobId id, string reason, CancellationToken cancellationToken)
    {
        if (await jobs.LockAsync(connection, [id], cancellationToken) is not [{ Standing.IsFinished: false } job])
        {
            return new JobsChanged<bool>(false, []);
        }

        var now = await jobs.NowAsync(connection, cancellationToken);
        var after = RequestRules.Cancel(job.Standing, reason, now);
        return new JobsChanged<bool>(true, await jobs.SaveAsync(connection, [(job, after)], cancellationToken));
    }
}
