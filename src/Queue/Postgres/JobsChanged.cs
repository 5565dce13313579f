using PodEngine.Queue.Lifecycle;

namespace PodEngine.Queue.Postgres;

/// <summary>What a transaction answered, and the jobs it changed: to be announced once it is committed.</summary>
internal sealed record JobsChanged<T>(T Answer, IReadOnlyList<StoredJob> Jobs);
