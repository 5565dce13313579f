using Microsoft.Extensions.Logging;
using PodEngine.Kubernetes.Objects;

namespace PodEngine.Kubernetes.Reconciling;

internal static partial class Log
{
    [LoggerMessage(EventIds.Reconciling, LogLevel.Error, "{Controller} failed on {Key} for the {Failures}. time in a row, next in {Milliseconds:0} ms")]
    public static partial void Failed(ILogger logger, Exception fault, string controller, ResourceKey key, int failures, double milliseconds);

    [LoggerMessage(EventIds.Reconciling + 1, LogLevel.Information, "{Controller} was overtaken on {Key}, next in {Milliseconds:0} ms: {Reason}")]
    public static partial void Overtaken(ILogger logger, string controller, ResourceKey key, string reason, double milliseconds);

    [LoggerMessage(EventIds.Reconciling + 2, LogLevel.Error, "{Controller} did not finish {Key} within {Limit:0} s, next in {Milliseconds:0} ms")]
    public static partial void TimedOut(ILogger logger, string controller, ResourceKey key, double limit, double milliseconds);

    [LoggerMessage(EventIds.Reconciling + 3, LogLevel.Warning, "{Controller} can do nothing for {Key} until it changes: {Reason}")]
    public static partial void NeverAgain(ILogger logger, string controller, ResourceKey key, string reason);

    [LoggerMessage(EventIds.Reconciling + 4, LogLevel.Information, "{Controller} left {Key} alone, next in {Milliseconds:0} ms if still asked to: {Reason}")]
    public static partial void Withheld(ILogger logger, string controller, ResourceKey key, string reason, double milliseconds);
}
