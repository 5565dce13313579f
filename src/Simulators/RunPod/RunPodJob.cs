using System.Text.Json.Nodes;
using PodEngine.Simulators.Http;
using PodEngine.Simulators.Knobs;

namespace PodEngine.Simulators.RunPod;

/// <summary>A job of an endpoint. Changed only under its endpoint's lock.</summary>
internal sealed class RunPodJob
{
    private TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public required string Id { get; init; }

    public required string EndpointId { get; init; }

    public required JobRequest Request { get; init; }

    public required bool IsSync { get; init; }

    /// <summary>Address of the simulators as the submitter knows it, for links in the output.</summary>
    public required string BaseUrl { get; init; }

    public required RunPodVariant Variant { get; set; }

    public required DateTimeOffset Created { get; set; }

    public required TimeSpan TimeToLive { get; set; }

    public JobStatus Status { get; private set; } = JobStatus.Queued;

    public DateTimeOffset? Started { get; private set; }

    public DateTimeOffset? Ended { get; private set; }

    public WorkResult? Result { get; private set; }

    public int Retries { get; set; }

    /// <summary>Milliseconds of worker time paid for, over all runs.</summary>
    public long BilledMs { get; private set; }

    public (string Text, ulong Seed) Subject { get; set; } = ("", 0);

    /// <summary>Stops the present run.</summary>
    public CancellationTokenSource? Run { get; set; }

    public bool IsFinal => Status is not (JobStatus.Queued or JobStatus.Running);

    /// <summary>Ends when the job does.</summary>
    public Task WhenEnded => ended.Task;

    public void Start(DateTimeOffset now)
    {
        Status = JobStatus.Running;
        Started = now;
    }

    public void End(JobStatus status, WorkResult? result, DateTimeOffset now)
    {
        if (Status == JobStatus.Running && Started is { } started)
        {
            BilledMs += (long)(now - started).TotalMilliseconds;
        }

        Status = status;
        Result = result;
        Ended = now;
        ended.TrySetResult();
    }

    /// <summary>Back to the queue, the old output dropped.</summary>
    public void Requeue(DateTimeOffset now)
    {
        if (Status == JobStatus.Running && Started is { } started)
        {
            BilledMs += (long)(now - started).TotalMilliseconds;
        }

        Status = JobStatus.Queued;
        (Started, Ended, Result) = (null, null, null);
        if (ended.Task.IsCompleted)
        {
            ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>The body of /status.</summary>
    public JsonObject Write(RunPodKnobs knobs)
    {
        var answer = new JsonObject { ["id"] = Id, ["status"] = Word(knobs) };
        if (Started is { } started)
        {
            answer["delayTime"] = (long)(started - Created).TotalMilliseconds;
            answer["workerId"] = "simulated-worker";
        }

        if (Started is { } from && Ended is { } to)
        {
            answer["executionTime"] = (long)(to - from).TotalMilliseconds;
        }

        if (Retries > 0)
        {
            answer["retries"] = Retries;
        }

        if (Result?.Error is { } error)
        {
            answer["error"] = error;
        }

        if (Result?.WriteOutput(this) is { } output && output.ToWire().Length <= knobs.MaxOutputBytes)
        {
            answer["output"] = output;
        }

        return answer;
    }

    public string Word(RunPodKnobs knobs) => Status switch
    {
        JobStatus.Queued => "IN_QUEUE",
        JobStatus.Running => knobs.RunningWord,
        JobStatus.Completed => "COMPLETED",
        JobStatus.Failed => "FAILED",
        JobStatus.Cancelled => "CANCELLED",
        _ => "TIMED_OUT",
    };
}
