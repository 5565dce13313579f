using Microsoft.Extensions.Logging;

namespace PodEngine.Queue.Postgres.Notifying;

internal static partial class Log
{
    [LoggerMessage(EventId = 2101, Level = LogLevel.Debug, Message = "A wake-up was not sent: {Reason}. Others will find the work when they poll.")]
    public static partial void WakeNotSent(this ILogger logger, string reason);

    [LoggerMessage(EventId = 2102, Level = LogLevel.Information, Message = "Not listening to {Server}, polling instead: {Reason}")]
    public static partial void NotListening(this ILogger logger, string server, string reason);
}
