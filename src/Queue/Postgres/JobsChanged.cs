using PodEngine.Queue.Lifecycle;

namespace PodEngine.Queue.Postgres;

/// <summary>What a transaction answered, and the jobs it changed: to be announced once it is committed.</summary>
/// <param name="Answer">The answer.</param>
/// <param name="Jobs">Jobs changed, as they are now.</param>
/// <param name="Ended">How many jobs besides have completed, which concerns the mirror and no worker.</param>
internal sealed record JobsChanged<T>(T Answer, IReadOnlyList<StoredJob> Jobs, int Ended = 0);
