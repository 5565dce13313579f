using PodEngine.Operator.Hosting;
using PodEngine.Operator.Installation;
using PodEngine.Queue;

namespace PodEngine.Operator.Database;

/// <summary>
/// Every minute forgets what is older than it has to be kept: finished jobs with all that is recorded of them, and log lines. In small batches, so that
/// nobody waits for it, and never a job that has not ended.
/// </summary>
internal sealed partial class RetentionKeeper(
    OperatorStores stores, TimeSpan jobs, TimeSpan logs, InstallationIdentity installation, DatabaseHealth health, TimeProvider time,
    ILogger<RetentionKeeper> logger)
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

            await Task.Delay(Beat, time, cancellationToken);
        }
    }

    /// <summary>Forgets all there is to forget now.</summary>
    internal async Task<(int Jobs, int Lines)> ForgetAsync(CancellationToken cancellationToken)
    {
        var (gone, lines) = (0, 0);
        while (await stores.Queue.ListExpiredAsync(installation.Id, jobs, Batch, cancellationToken) is { Count: > 0 } expired)
        {
            await stores.Queue.ForgetAsync(expired, forGood: false, cancellationToken);
            gone += expired.Count;
        }

        while (await stores.Ledger.ForgetLogsAsync(logs, Batch, cancellationToken) is var count and > 0)
        {
            lines += count;
        }

        return (gone, lines);
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.Database + 2, LogLevel.Information, "Forgot {Jobs} jobs that ended over {JobDays} days ago and {Lines} log lines older than {LogDays} days.")]
        public static partial void Forgotten(ILogger logger, int jobs, int jobDays, int lines, int logDays);
    }
}
