using System.Security.Cryptography;
using PodEngine.Queue;

namespace PodEngine.Operator.Database;

/// <summary>
/// The leader's duties for the database: brings the schema up to date, then every second the queue's maintenance, which is also how an outage and
/// its end are noticed.
/// </summary>
/// <param name="migrate">Brings the schema of queue and ledger up to date; harmless when it is.</param>
/// <param name="queue">The queue.</param>
/// <param name="address">Host, port and database for messages, never the password.</param>
/// <param name="health">Told of every success and failure.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Says once per outage what is wrong.</param>
internal sealed partial class DatabaseKeeper(
    Func<CancellationToken, Task> migrate, IJobQueue queue, string address, DatabaseHealth health, TimeProvider time, ILogger<DatabaseKeeper> logger)
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private string? said;
    private bool isMigrated;

    /// <summary>Keeps it until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var works = await TryAsync(cancellationToken);
            var jitter = 0.75 + (RandomNumberGenerator.GetInt32(50) / 100.0);
            await Task.Delay(works ? Beat : Pause * jitter, time, cancellationToken);
        }
    }

    private async Task<bool> TryAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (!isMigrated)
            {
                await migrate(cancellationToken);
                isMigrated = true;
            }

            await queue.MaintainAsync(cancellationToken);
            if (health.Works())
            {
                Log.Works(logger, address);
            }

            said = null;
            return true;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // Whatever is wrong with the database, it is said and tried again.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            health.Failed();
            if (said != fault.Message)
            {
                said = fault.Message;
                Log.Away(logger, fault.Message.TrimEnd('.'), address);
            }

            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Hosting.EventIds.Database, LogLevel.Information, "PostgreSQL at {Address} is in use.")]
        public static partial void Works(ILogger logger, string address);

        [LoggerMessage(Hosting.EventIds.Database + 1, LogLevel.Warning,
            "{Fault}. Check that PostgreSQL runs and that DATABASE_URL, which leads to {Address}, is right. PodJobs wait in the cluster; trying again every few seconds.")]
        public static partial void Away(ILogger logger, string fault, string address);
    }
}
