namespace PodEngine.Resources.PodJobs;

/// <summary>Whether a person looks at the pictures before products are made.</summary>
public sealed record ApprovalSpec
{
    /// <summary>Default <see cref="ApprovalMode.None"/>.</summary>
    public ApprovalMode Mode { get; init; }

    /// <summary>How long to wait for the decision, 60 to 31536000 s; default a week.</summary>
    public int ExpireSeconds { get; init; } = 604800;

    /// <summary>The decision, set once; null while there is none.</summary>
    public ApprovalVerdict? Decision { get; init; }
}
