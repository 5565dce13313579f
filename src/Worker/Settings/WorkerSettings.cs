using PodEngine.Queue;
using PodEngine.Shared.Pools;

namespace PodEngine.Worker.Settings;

/// <summary>Everything a worker process is told by its environment.</summary>
public sealed record WorkerSettings
{
    /// <summary>The pool, from <c>PODENGINE_POOL_SETTINGS</c>.</summary>
    public required PoolSettings Pool { get; init; }

    /// <summary>Name of the pod, from <c>POD_NAME</c>, by which the operator knows whose worker this is; the host's name unless given.</summary>
    public required string Host { get; init; }

    /// <summary>PostgreSQL as a <c>postgresql://</c> URI, from <c>DATABASE_URL</c> or the file named by <c>PODENGINE_DATABASE_URL_FILE</c>.</summary>
    public required string DatabaseUrl { get; init; }

    /// <summary>
    /// <c>DATABASE_LISTEN_URL</c>: a direct way to the same database for LISTEN, where <see cref="DatabaseUrl"/> goes through a pooler; <c>off</c> polls.
    /// </summary>
    public string? DatabaseListenUrl { get; init; }

    /// <summary>Folder of pictures: the pool's, or <c>PODENGINE_STORAGE_PATH</c> for a worker run by hand.</summary>
    public required string StoragePath { get; init; }

    /// <summary>Folder with one file per credential, from <c>PODENGINE_CREDENTIALS_DIR</c>; null for environment variables alone.</summary>
    public string? CredentialsFolder { get; init; }

    /// <summary>Where <c>/livez</c> and <c>/readyz</c> are served, from <c>PODENGINE_PROBES_URL</c>; default <c>http://0.0.0.0:8081</c>.</summary>
    public required Uri ProbesUrl { get; init; }

    /// <summary>Claude's model, from <c>CLAUDE_MODEL</c>; null for the standard one.</summary>
    public string? ClaudeModel { get; init; }

    /// <summary>
    /// The clocks of the lease protocol, from <c>PODENGINE_LEASE_SECONDS</c> and <c>PODENGINE_HEARTBEAT_SECONDS</c>; everybody who shares the database must
    /// agree on them.
    /// </summary>
    public QueueTimings Timings { get; init; } = new();

    /// <summary>Deadline of every call to a provider, from <c>PODENGINE_PROVIDER_CALL_SECONDS</c>; null keeps each provider's own.</summary>
    public TimeSpan? ProviderCall { get; init; }

    /// <summary>Margin behind that deadline before a lost answer is looked up, from <c>PODENGINE_SETTLE_MARGIN_SECONDS</c>; null for the usual one.</summary>
    public TimeSpan? SettleMargin { get; init; }

    /// <summary>For tests: the point at which the process kills itself, from <c>PODENGINE_CRASH_AT</c>, for example <c>images/AfterEffect</c>.</summary>
    public string? CrashAt { get; init; }
}
