using PodEngine.Kubernetes.Client;
using PodEngine.Operator.Hosting;
using PodEngine.Operator.Installation;
using PodEngine.Queue;

namespace PodEngine.Operator.Database;

/// <summary>
/// Every minute forgets what is older than it has to be kept: finished jobs with all that is recorded of them, and log lines. In small batches, so that
/// nobody waits for it, and never a job that has not ended. A tombstone stays of a job while its PodJob is there.
/// </summary>
/// <param name="stores">Where it is kept.</param>
/// <param name="isGone">Whether the PodJob of a job is gone for good. While the API server does not say, nothing is forgotten.</param>
/// <param name="jobs">How long jobs are kept after their end.</param>
/// <param name="logs">How long log lines are kept.</param>
/// <param name="installation">Whose jobs.</param>
/// <param name="health">Told when the database is away.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Says what went.</param>
internal sealed partial class RetentionKeeper(
    OperatorStores stores, Func<JobId, CancellationToken, Task<bool>> isGone, TimeSpan jobs, TimeSpan logs, InstallationIdentity installation,
    DatabaseHealth health, TimeProvider time, ILogger<RetentionKeeper> logger)
{
    private const int Batch = 200;
    private static readonly TimeSpan Beat = TimeSpan.FromMinutes(1);

    /// <summary>Keeps it until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                if (health.IsAvailable && await ForgetAsync(cancellationToken) is var (gone, lines) && gone + lines > 0)
                {
                    Log.Forgotten(logger, gone, jobs.Days, lines, logs.Days);
                }
            }
            catch (QueueUnavailableException)
            {
                health.Failed();
            }
            catch (Exception fault) when (fault is KubernetesException or KubernetesUnreachableException)
            {
                Log.NotAsked(logger, fault.Message);
            }

            await Task.Delay(Beat, time, cancellationToken);
        }
    }

    /// <summary>Forgets all there is to forget now.</summary>
    internal async Task<(int Jobs, int Lines)> ForgetAsync(CancellationToken cancellationToken)
    {
        var (gone, lines) = (0, 0);
        while (await stores.Ledger.ForgetLogsAsync(logs, Batch, cancellationToken) is var count and > 0)
        {
            lines += count;
        }

        while (await stores.Queue.ListExpiredAsync(installation.Id, jobs, Batch, cancellationToken) is { Count: > 0 } expired)
        {
            await ForgetAsync(expired, cancellationToken);
            gone += expired.Count;
        }

        return (gone, lines);
    }

    private async Task ForgetAsync(IReadOnlyList<JobId> expired, CancellationToken cancellationToken)
    {
        HashSet<JobId> gone = [];
        foreach (var job in expired)
        {
            if (await isGone(job, cancellationToken))
            {
                gone.Add(job);
            }
        }

        foreach (var alike in expired.GroupBy(gone.Contains))
        {
            await stores.Queue.ForgetAsync([.. alike], forGood: alike.Key, cancellationToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.Database + 3, LogLevel.Warning, "Old jobs are kept for now, because nobody can tell whether their PodJobs are still there: {Fault} Trying again in a minute.")]
        public static partial void NotAsked(ILogger logger, string fault);

        [LoggerMessage(EventIds.Database + 2, LogLevel.Information, "Forgot {Jobs} jobs that ended over {JobDays} days ago and {Lines} log lines older than {LogDays} days.")]
        public static partial void Forgotten(ILogger logger, int jobs, int jobDays, int lines, int logDays);
    }
}
