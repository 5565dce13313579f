namespace PodEngine.Resources.PodJobs;

/// <summary>The types of a PodJob's conditions.</summary>
public static class PodJobConditions
{
    /// <summary>The spec is sound and everything it names exists.</summary>
    public const string Accepted = nameof(Accepted);

    /// <summary>Ended well.</summary>
    public const string Complete = nameof(Complete);

    /// <summary>Ended badly.</summary>
    public const string Failed = nameof(Failed);

    /// <summary>Ended in whichever way, so that one <c>kubectl wait</c> serves.</summary>
    public const string Finished = nameof(Finished);

    /// <summary>Held by the user.</summary>
    public const string Suspended = nameof(Suspended);

    /// <summary>Accepted and mirrored; true also for a failed job.</summary>
    public const string Ready = nameof(Ready);

    /// <summary>Rejected: nothing happens until somebody acts.</summary>
    public const string Stalled = nameof(Stalled);
}
