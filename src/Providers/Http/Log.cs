using Microsoft.Extensions.Logging;

namespace PodEngine.Providers.Http;

/// <summary>Log events of provider calls, ids 5000–5099.</summary>
internal static partial class Log
{
    [LoggerMessage(5000, LogLevel.Information, "{Provider} {Operation} failed with {Code} ({Message}); trying again in {Delay}")]
    public static partial void Retrying(this ILogger logger, string provider, string operation, string code, string message, TimeSpan delay);

    [LoggerMessage(5001, LogLevel.Warning, "{Provider} keeps failing: nothing is sent to it for {Pause}")]
    public static partial void CircuitOpened(this ILogger logger, string provider, TimeSpan pause);

    [LoggerMessage(5002, LogLevel.Information, "{Provider} answers again")]
    public static partial void CircuitClosed(this ILogger logger, string provider);
}
