using Microsoft.Extensions.Logging;

namespace PodEngine.Queue.Bench.Consuming;

/// <summary>What a consumer says. Event ids 9000–9099.</summary>
internal static partial class Log
{
    [LoggerMessage(9000, LogLevel.Warning, "The store is away ({Reason}). Running jobs go on, new ones wait until it is back")]
    public static partial void StoreAway(ILogger logger, string reason);

    [LoggerMessage(9001, LogLevel.Error, "Job {Job} ({Name}) met a defect of its handler")]
    public static partial void HandlerDefect(ILogger logger, JobId job, string name, Exception cause);

    [LoggerMessage(9002, LogLevel.Error, "The {Loop} met a defect and goes on")]
    public static partial void LoopDefect(ILogger logger, string loop, Exception cause);

    [LoggerMessage(9003, LogLevel.Warning, "Job {Job} ({Name}) is left to be rescued: its outcome {Outcome} could not be reported in time")]
    public static partial void Unreported(ILogger logger, JobId job, string name, string outcome);

    [LoggerMessage(9004, LogLevel.Information, "Job {Job} ({Name}) is not ours any more: the outcome {Outcome} was refused")]
    public static partial void Superseded(ILogger logger, JobId job, string name, string outcome);

    [LoggerMessage(9005, LogLevel.Warning, "Worker {Worker} could not deregister: {Reason}")]
    public static partial void NotDeregistered(ILogger logger, string worker, string reason);
}
