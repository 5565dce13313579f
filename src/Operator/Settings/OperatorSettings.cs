namespace PodEngine.Operator.Settings;

/// <summary>What the operator is told by its environment.</summary>
internal sealed record OperatorSettings
{
    /// <summary><c>DATABASE_URL</c>: PostgreSQL as a <c>postgresql://</c> URI. Holds a password: never logged.</summary>
    public required string DatabaseUrl { get; init; }

    /// <summary><c>DATABASE_LISTEN_URL</c>: a direct way to the same database for LISTEN, where <see cref="DatabaseUrl"/> goes through a pooler; <c>off</c> polls.</summary>
    public string? DatabaseListenUrl { get; init; }

    /// <summary><c>WATCH_NAMESPACE</c>: the one namespace served; null for all.</summary>
    public string? WatchNamespace { get; init; }

    /// <summary><c>POD_NAMESPACE</c>: the operator's own namespace; null to take the connection's, or else <c>podengine-system</c>.</summary>
    public string? PodNamespace { get; init; }

    /// <summary><c>POD_NAME</c>: who this process is, for the lease and in events; the host's name unless given.</summary>
    public required string PodName { get; init; }

    /// <summary><c>WORKER_IMAGE</c>: image of the workers of pools that name none; null lets such pools wait.</summary>
    public string? WorkerImage { get; init; }

    /// <summary><c>WORKER_DATABASE_SECRET</c>: Secret, in each pool's namespace, with the database's address for pools that name none; null for none.</summary>
    public string? WorkerDatabaseSecret { get; init; }

    /// <summary><c>INSTALLATION_ID</c>: stamps every row; null to keep one in the ConfigMap <c>podengine-installation</c>.</summary>
    public Guid? InstallationId { get; init; }

    /// <summary><c>PODENGINE_METRICS_URL</c>: where metrics are served; default port 8080.</summary>
    public required string MetricsUrl { get; init; }

    /// <summary><c>PODENGINE_PROBES_URL</c>: where <c>/livez</c> and <c>/readyz</c> are served; default port 8081.</summary>
    public required string ProbesUrl { get; init; }

    /// <summary><c>JOB_RETENTION_DAYS</c>: how long finished jobs are kept, with what they bought and made; 1–3650, default 30.</summary>
    public TimeSpan JobRetention { get; init; } = TimeSpan.FromDays(30);

    /// <summary><c>LOG_RETENTION_DAYS</c>: how long log lines of jobs are kept; 1–3650, default 30.</summary>
    public TimeSpan LogRetention { get; init; } = TimeSpan.FromDays(30);

    /// <summary><c>LOG_FORMAT</c>: true for <c>json</c>, the default in a cluster; false for <c>text</c>.</summary>
    public bool JsonLogs { get; init; }
}
