using Microsoft.Extensions.Logging;
using PodEngine.Kubernetes.Objects;

namespace PodEngine.Kubernetes.Watching;

internal static partial class Log
{
    [LoggerMessage(EventIds.Watching, LogLevel.Information, "Following {Resource}: {Count} objects listed")]
    public static partial void Synced(ILogger logger, string resource, int count);

    [LoggerMessage(EventIds.Watching + 1, LogLevel.Warning, "Lost sight of {Resource}, trying again until it is back: {Reason}")]
    public static partial void OutageBegan(ILogger logger, string resource, string reason);

    [LoggerMessage(EventIds.Watching + 2, LogLevel.Warning,
        "The API server does not know {Resource}: install its CustomResourceDefinition. Trying again until it is there")]
    public static partial void KindMissing(ILogger logger, string resource);

    [LoggerMessage(EventIds.Watching + 3, LogLevel.Information, "Following {Resource} again after {Seconds:0.0} s")]
    public static partial void OutageEnded(ILogger logger, string resource, double seconds);

    [LoggerMessage(EventIds.Watching + 4, LogLevel.Debug, "Attempt {Attempt} to follow {Resource} failed: {Reason}")]
    public static partial void AttemptFailed(ILogger logger, string resource, int attempt, string reason);

    [LoggerMessage(EventIds.Watching + 5, LogLevel.Information, "The watched history of {Resource} is no longer kept by the API server: listing again")]
    public static partial void Expired(ILogger logger, string resource);

    [LoggerMessage(EventIds.Watching + 6, LogLevel.Error, "{Resource} {Key} cannot be read and is left as it was last known")]
    public static partial void Unreadable(ILogger logger, Exception fault, string resource, ResourceKey key);

    [LoggerMessage(EventIds.Watching + 7, LogLevel.Error, "A subscriber to {Resource} failed on {Key}")]
    public static partial void SubscriberFailed(ILogger logger, Exception fault, string resource, ResourceKey key);

    [LoggerMessage(EventIds.Watching + 8, LogLevel.Error, "A listener to the lists of {Resource} failed")]
    public static partial void ListenerFailed(ILogger logger, Exception fault, string resource);
}
