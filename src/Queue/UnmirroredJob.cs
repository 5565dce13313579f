namespace PodEngine.Queue;

/// <summary>A job that changed since it was last acknowledged as mirrored.</summary>
/// <param name="Job">The job as it is now.</param>
/// <param name="Changes">Which changes this covers, in the store's own numbers; a later one stays unmirrored when these are acknowledged.</param>
public sealed record UnmirroredJob(JobRecord Job, IReadOnlyList<long> Changes);
