namespace PodEngine.Queue;

/// <summary>Where a job is. The table of transitions is in <c>docs/job-lifecycle.md</c>.</summary>
public enum JobState
{
    /// <summary>Accepted, but not due: its start time lies ahead.</summary>
    Pending,

    /// <summary>Waiting for a worker.</summary>
    Queued,

    /// <summary>A worker holds its lease.</summary>
    Processing,

    /// <summary>An attempt failed or was put off; waiting for the next one's time.</summary>
    Retrying,

    /// <summary>Parked by the user; holds no slot and no lease.</summary>
    Suspended,

    /// <summary>Parked until a person decides; holds no slot and no lease.</summary>
    AwaitingApproval,

    /// <summary>Ended well. Final, until it is requeued.</summary>
    Completed,

    /// <summary>Ended badly. Final, until it is requeued.</summary>
    Failed,

    /// <summary>Ended by request. Final, until it is requeued.</summary>
    Cancelled,
}
