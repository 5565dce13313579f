using Microsoft.Extensions.Logging;
using PodEngine.Kubernetes.Objects;

namespace PodEngine.Kubernetes.Recording;

internal static partial class Log
{
    [LoggerMessage(EventIds.Recording, LogLevel.Warning, "The event {Reason} of {Kind} {Key} was not written: {Fault}")]
    public static partial void NotWritten(ILogger logger, string reason, string? kind, ResourceKey key, string fault);
}
