using System.Diagnostics;

namespace PodEngine.Queue.Postgres.Standing;

/// <summary>The states and decisions as the tables spell them.</summary>
internal static class StateNames
{
    public static string Of(JobState state) => state switch
    {
        JobState.Pending => "pending",
        JobState.Queued => "queued",
        JobState.Processing => "processing",
        JobState.Retrying => "retrying",
        JobState.Suspended => "suspended",
        JobState.AwaitingApproval => "awaiting_approval",
        JobState.Completed => "completed",
        JobState.Failed => "failed",
        JobState.Cancelled => "cancelled",
        _ => throw new UnreachableException($"No such state: {state}."),
    };

    public static JobState State(string name) => name switch
    {
        "pending" => JobState.Pending,
        "queued" => JobState.Queued,
        "processing" => JobState.Processing,
        "retrying" => JobState.Retrying,
        "suspended" => JobState.Suspended,
        "awaiting_approval" => JobState.AwaitingApproval,
        "completed" => JobState.Completed,
        "failed" => JobState.Failed,
        "cancelled" => JobState.Cancelled,
        _ => throw new UnreachableException($"No such state: {name}."),
    };

    public static string? Of(ApprovalDecision? approval) => approval switch
    {
        ApprovalDecision.Approved => "approved",
        ApprovalDecision.Rejected => "rejected",
        _ => null,
    };

    public static ApprovalDecision? Approval(string? name) => name switch
    {
        "approved" => ApprovalDecision.Approved,
        "rejected" => ApprovalDecision.Rejected,
        _ => null,
    };
}
