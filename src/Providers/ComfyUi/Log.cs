using Microsoft.Extensions.Logging;

namespace PodEngine.Providers.ComfyUi;

/// <summary>Log events of ComfyUI, ids 5100–5199.</summary>
internal static partial class Log
{
    [LoggerMessage(5100, LogLevel.Debug, "The WebSocket of prompt {PromptId} was lost ({Reason}); polling goes on")]
    public static partial void SocketLost(this ILogger logger, string promptId, string reason);

    [LoggerMessage(5101, LogLevel.Debug, "ComfyUI at {Server} cannot be asked about prompt {PromptId} ({Reason}); still waiting")]
    public static partial void StillWaiting(this ILogger logger, Uri server, string promptId, string reason);
}
