namespace PodEngine.Queue;

/// <summary>What became of one <see cref="JobRequest"/>.</summary>
public enum UpsertOutcome
{
    /// <summary>A new job.</summary>
    Inserted,

    /// <summary>A known job, changed by a higher generation.</summary>
    Updated,

    /// <summary>A known job; the generation was not higher, nothing changed.</summary>
    Unchanged,
}
