using System.Diagnostics;
using System.Globalization;
using PodEngine.Queue;
using PodEngine.Resources.PodJobs;

namespace PodEngine.Operator.PodJobs;

/// <summary>How the state of a queue's job is told to people: phase, one-word reason, sentence.</summary>
/// <param name="Phase">Value of <c>status.phase</c>.</param>
/// <param name="Reason">Value of <c>status.reason</c>, and the reason of conditions about the end.</param>
/// <param name="Message">The same as a sentence.</param>
internal sealed record JobPhase(PodJobPhase Phase, string Reason, string Message)
{
    /// <summary>The phase of a job.</summary>
    public static JobPhase Of(JobRecord job) => job.State switch
    {
        JobState.Pending => new(PodJobPhase.Pending, "Scheduled", $"Waits for its start time{At(job.RunAt)}."),
        JobState.Queued => new(PodJobPhase.Queued, "Queued", $"Waits for a worker of pool {job.Queue.Pool}."),
        JobState.Processing => new(PodJobPhase.Processing, "Processing", $"A worker is at it: {job.Worker}."),
        JobState.Retrying => Retrying(job),
        JobState.Suspended => new(PodJobPhase.Suspended, "Suspended", "Parked by spec.suspend; set it to false to go on."),
        JobState.AwaitingApproval => new(PodJobPhase.AwaitingApproval, "AwaitingApproval", "The pictures wait for spec.design.approval.decision."),
        JobState.Completed => new(PodJobPhase.Completed, "Completed", "The job is done."),
        JobState.Failed => new(PodJobPhase.Failed, job.Failure?.Code ?? "Failed", job.Failure?.Message ?? "The job failed."),
        JobState.Cancelled => new(PodJobPhase.Cancelled, OneWord(job.Reason, "Cancelled"), Cancelled(job)),
        _ => throw new UnreachableException($"No phase for state {job.State}."),
    };

    private static JobPhase Retrying(JobRecord job) => job.Reason is { } reason
        ? new(PodJobPhase.Retrying, OneWord(reason, "Snoozed"), $"Put off{At(job.RunAt)}: {reason.TrimEnd('.')}.")
        : new(PodJobPhase.Retrying, job.Failure?.Code ?? "Retrying", $"Tried again{At(job.RunAt)}. {job.Failure?.Message}".TrimEnd());

    private static string Cancelled(JobRecord job) => job.Reason switch
    {
        null or "Cancelled" => "The job was cancelled.",
        "Rejected" => "All pictures were rejected.",
        "ApprovalExpired" => "Nobody decided on the pictures in time.",
        var reason => $"The job was cancelled: {reason.TrimEnd('.')}.",
    };

    private static string At(DateTimeOffset? time) =>
        time is { } at ? string.Create(CultureInfo.InvariantCulture, $" at {at.ToUniversalTime():yyyy-MM-dd HH:mm:ss}Z") : "";

    private static string OneWord(string? text, string fallback) =>
        text is { Length: > 0 and <= 128 } && char.IsAsciiLetter(text[0]) && text.All(static c => char.IsAsciiLetterOrDigit(c) || c == '_') ? text : fallback;
}
