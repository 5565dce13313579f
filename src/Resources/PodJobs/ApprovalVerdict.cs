namespace PodEngine.Resources.PodJobs;

/// <summary>What a person decided on the pictures of a job.</summary>
public enum ApprovalVerdict
{
    /// <summary>Products are made.</summary>
    Approved,

    /// <summary>The job is cancelled with reason <c>Rejected</c>.</summary>
    Rejected,
}
