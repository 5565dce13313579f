namespace PodEngine.Resources.PodJobs;

/// <summary>Where a job is, for display; programs use conditions.</summary>
public enum PodJobPhase
{
    /// <summary>Not in the queue: not yet, or rejected.</summary>
    Pending,

    /// <summary>Waiting for a worker.</summary>
    Queued,

    /// <summary>A worker has it.</summary>
    Processing,

    /// <summary>Waiting for its next attempt.</summary>
    Retrying,

    /// <summary>Held by the user.</summary>
    Suspended,

    /// <summary>Waiting for a person's decision on its pictures.</summary>
    AwaitingApproval,

    /// <summary>Ended well.</summary>
    Completed,

    /// <summary>Ended badly.</summary>
    Failed,

    /// <summary>Ended by request.</summary>
    Cancelled,
}
