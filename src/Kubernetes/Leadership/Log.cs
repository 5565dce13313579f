using Microsoft.Extensions.Logging;
using PodEngine.Kubernetes.Objects;

namespace PodEngine.Kubernetes.Leadership;

internal static partial class Log
{
    [LoggerMessage(EventIds.Leadership, LogLevel.Information, "Leading: {Identity} holds lease {Lease}, epoch {Epoch}")]
    public static partial void Leading(ILogger logger, string identity, ResourceKey lease, long epoch);

    [LoggerMessage(EventIds.Leadership + 1, LogLevel.Information, "Standing by: lease {Lease} is held by {Holder}")]
    public static partial void StandingBy(ILogger logger, ResourceKey lease, string? holder);

    [LoggerMessage(EventIds.Leadership + 2, LogLevel.Error, "No longer leading: lease {Lease} of epoch {Epoch} was not renewed in time or was taken")]
    public static partial void Lost(ILogger logger, ResourceKey lease, long epoch);

    [LoggerMessage(EventIds.Leadership + 3, LogLevel.Information, "Released lease {Lease} of epoch {Epoch}")]
    public static partial void Released(ILogger logger, ResourceKey lease, long epoch);

    [LoggerMessage(EventIds.Leadership + 4, LogLevel.Warning, "Lease {Lease} cannot be asked for, trying again until it can: {Reason}")]
    public static partial void Failed(ILogger logger, ResourceKey lease, string reason);

    [LoggerMessage(EventIds.Leadership + 5, LogLevel.Information, "Lease {Lease} can be asked for again")]
    public static partial void Recovered(ILogger logger, ResourceKey lease);

    [LoggerMessage(EventIds.Leadership + 6, LogLevel.Warning, "Lease {Lease} counted {Epoch} epochs though more were known of: it now counts {Raised}")]
    public static partial void EpochRaised(ILogger logger, ResourceKey lease, long epoch, long raised);
}
