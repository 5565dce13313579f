using PodEngine.Shared.Products;

namespace PodEngine.Shared.Pools;

/// <summary>
/// What the workers of one pool need to know, without secrets: the operator renders it from the WorkerPool into the environment variable
/// <see cref="EnvironmentVariable"/>, the worker reads it at start.
/// </summary>
public sealed record PoolSettings
{
    /// <summary>The variable that carries the settings as JSON.</summary>
    public const string EnvironmentVariable = "PODENGINE_POOL_SETTINGS";

    /// <summary>Most jobs one worker may be given at a time, as the WorkerPool's schema has it.</summary>
    public const int MaxConcurrency = 5000;

    /// <summary>The installation the pool belongs to.</summary>
    public required Guid InstallationId { get; init; }

    /// <summary>Namespace of the pool.</summary>
    public required string Namespace { get; init; }

    /// <summary>Name of the pool.</summary>
    public required string Pool { get; init; }

    /// <summary>Jobs per worker at a time, 1–<see cref="MaxConcurrency"/>; default 5.</summary>
    public int Concurrency { get; init; } = 5;

    /// <summary>How long a stopping worker lets its jobs finish their steps; default 300 s.</summary>
    public int DrainSeconds { get; init; } = 300;

    /// <summary>
    /// True for a worker that claims nothing; default false. The operator never sets it: it holds the queue itself, so that pausing replaces no pod.
    /// </summary>
    public bool Hold { get; init; }

    /// <summary>Anthropic's Messages API: base address without <c>/v1/messages</c>; null for the official one.</summary>
    public Uri? ClaudeBaseUrl { get; init; }

    /// <summary>ComfyUI servers; empty when pictures are drawn on RunPod.</summary>
    public IReadOnlyList<Uri> ComfyUiUrls { get; init; } = [];

    /// <summary>The RunPod endpoint that draws pictures; null when ComfyUI servers do.</summary>
    public RunPodTarget? RunPod { get; init; }

    /// <summary>Where pictures are kept.</summary>
    public StorageSettings Storage { get; init; } = new();

    /// <summary>Printify's API: base address without <c>/v1</c>; null for the official one.</summary>
    public Uri? PrintifyBaseUrl { get; init; }

    /// <summary>The pool's own Printify shop; null when only platforms have one.</summary>
    public long? PrintifyShopId { get; init; }

    /// <summary>Sales channels by name.</summary>
    public IReadOnlyList<PlatformTarget> Platforms { get; init; } = [];

    /// <summary>Webhooks by name; their signing keys are credentials files.</summary>
    public IReadOnlyList<WebhookTarget> Webhooks { get; init; } = [];
}

/// <summary>A RunPod endpoint.</summary>
/// <param name="EndpointId">RunPod's id.</param>
/// <param name="BaseUrl">Base address ending in <c>/v2</c>; null for the official one.</param>
public sealed record RunPodTarget(string EndpointId, Uri? BaseUrl);

/// <summary>A webhook of the pool.</summary>
/// <param name="Name">Name used in <c>notify</c>.</param>
/// <param name="Url">Address called with POST.</param>
/// <param name="SecretKey">Credentials file that holds the signing key; null for unsigned calls.</param>
public sealed record WebhookTarget(string Name, Uri Url, string? SecretKey);

/// <summary>Exactly one of a folder or an S3-compatible bucket.</summary>
public sealed record StorageSettings
{
    /// <summary>Folder; in a cluster the mount point of the pool's claim.</summary>
    public string? FilesystemPath { get; init; }

    /// <summary>Bucket.</summary>
    public S3Settings? S3 { get; init; }
}

/// <summary>An S3-compatible bucket. Keys are credentials: <c>S3_ACCESS_KEY_ID</c>, <c>S3_SECRET_ACCESS_KEY</c>.</summary>
public sealed record S3Settings
{
    /// <summary>Service address; null for AWS.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>Bucket name.</summary>
    public required string Bucket { get; init; }

    /// <summary>Region; default <c>us-east-1</c>.</summary>
    public string Region { get; init; } = "us-east-1";

    /// <summary>Put before every key; may be empty.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>True for <c>endpoint/bucket/key</c> addresses.</summary>
    public bool PathStyle { get; init; }
}
