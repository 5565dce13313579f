using PodEngine.Queue;

namespace PodEngine.Worker.Running;

/// <summary>What a worker says. Event ids 3000–3099.</summary>
internal static partial class Log
{
    [LoggerMessage(3000, LogLevel.Information, "Worker {Worker} is registered for {Queue} with {Concurrency} slots")]
    public static partial void Registered(ILogger logger, string worker, QueueKey queue, int concurrency);

    [LoggerMessage(3001, LogLevel.Warning, "The store is away ({Reason}). Running jobs go on, new ones wait until it is back")]
    public static partial void StoreAway(ILogger logger, string reason);

    [LoggerMessage(3002, LogLevel.Information, "The store is back after {Duration}")]
    public static partial void StoreBack(ILogger logger, TimeSpan duration);

    [LoggerMessage(3003, LogLevel.Information, "Job {Job} ({Name}) is claimed, attempt {Attempt} of {MaxAttempts}")]
    public static partial void Claimed(ILogger logger, JobId job, string name, int attempt, int maxAttempts);

    [LoggerMessage(3004, LogLevel.Information, "Job {Job} ({Name}) ended this attempt as {Outcome}; it is {State} now")]
    public static partial void Finished(ILogger logger, JobId job, string name, string outcome, JobState state);

    [LoggerMessage(3005, LogLevel.Information, "Job {Job} ({Name}) is not ours any more: the outcome {Outcome} was not needed")]
    public static partial void Superseded(ILogger logger, JobId job, string name, string outcome);

    [LoggerMessage(3006, LogLevel.Error, "Job {Job} ({Name}) met a defect of the engine")]
    public static partial void Defect(ILogger logger, JobId job, string name, Exception cause);

    [LoggerMessage(3007, LogLevel.Information, "Worker {Worker} stops: {Jobs} jobs may finish their step for {Drain}")]
    public static partial void Draining(ILogger logger, string worker, int jobs, TimeSpan drain);

    [LoggerMessage(3008, LogLevel.Information, "Worker {Worker} has stopped")]
    public static partial void Stopped(ILogger logger, string worker);

    [LoggerMessage(3009, LogLevel.Warning, "Worker {Worker} could not deregister: {Reason}")]
    public static partial void NotDeregistered(ILogger logger, string worker, string reason);

    [LoggerMessage(3010, LogLevel.Warning, "Job {Job} ({Name}) is left to be rescued: its outcome {Outcome} could not be reported before the end of the drain")]
    public static partial void Unreported(ILogger logger, JobId job, string name, string outcome);

    [LoggerMessage(3011, LogLevel.Information, "Worker {Worker} was asked to stop claiming")]
    public static partial void DrainRequested(ILogger logger, string worker);

    [LoggerMessage(3012, LogLevel.Information, "Worker {Worker} may claim again")]
    public static partial void DrainLifted(ILogger logger, string worker);

    [LoggerMessage(3013, LogLevel.Error, "The heartbeat met a defect and goes on")]
    public static partial void HeartbeatDefect(ILogger logger, Exception cause);

    [LoggerMessage(3014, LogLevel.Error, "Claiming met a defect and goes on")]
    public static partial void ClaimDefect(ILogger logger, Exception cause);
}
