namespace PodEngine.Resources.PodJobs;

/// <summary>Whether products wait for an approval.</summary>
public enum ApprovalMode
{
    /// <summary>Products are made at once.</summary>
    None,

    /// <summary>The job waits, its pictures stored, until somebody decides.</summary>
    Required,
}
