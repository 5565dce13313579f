using System.Text.Json.Nodes;
using PodEngine.Simulators.RunPod;

namespace PodEngine.Simulators.Knobs;

/// <summary>RunPod's behaviour (https://docs.runpod.io/serverless/endpoints/operation-reference and send-requests).</summary>
public sealed record RunPodKnobs
{
    /// <summary>Milliseconds a worker needs per job; default 300.</summary>
    public int LatencyMs { get; init; } = 300;

    /// <summary>Milliseconds added to every HTTP answer; default 0.</summary>
    public int RequestLatencyMs { get; init; }

    /// <summary>Milliseconds in the queue before a worker takes a job, even when idle; default 20.</summary>
    public int ColdStartMs { get; init; } = 20;

    /// <summary>Jobs executed at a time per endpoint; 0 leaves all of them in the queue; default 3.</summary>
    public int MaxWorkers { get; init; } = 3;

    /// <summary>Endpoint ids that exist; empty (the default) accepts any.</summary>
    public IReadOnlyList<string> Endpoints { get; init; } = [];

    /// <summary>The one key accepted; null (the default) accepts any that is not empty.</summary>
    public string? ApiKey { get; init; }

    /// <summary>Whether the bare key without <c>Bearer</c> serves too, as some samples show; default true.</summary>
    public bool AcceptsBareKey { get; init; } = true;

    /// <summary>What runs on the endpoints; default Auto.</summary>
    public RunPodHandler Handler { get; init; }

    /// <summary>Fixed outputs by endpoint id, in place of what the handler would answer.</summary>
    public IReadOnlyDictionary<string, JsonNode?> Outputs { get; init; } = new Dictionary<string, JsonNode?>();

    /// <summary>Whether worker-comfyui answers <c>s3_url</c> (BUCKET_ENDPOINT_URL is set) instead of base64; default false.</summary>
    public bool PicturesAsUrls { get; init; }

    /// <summary>What happens to every job; scripted faults of kind <c>Variant</c> override it for one job.</summary>
    public RunPodVariant Variant { get; init; }

    /// <summary>Word for a running job, <c>IN_PROGRESS</c> (the default) or <c>RUNNING</c>.</summary>
    public string RunningWord { get; init; } = "IN_PROGRESS";

    /// <summary>End of job ids, seen as -u1 (the default), -e1 and others.</summary>
    public string IdSuffix { get; init; } = "-u1";

    /// <summary>Word for a job that passed its execution timeout, FAILED (the default) or TIMED_OUT; unconfirmed.</summary>
    public string ExecutionTimeoutStatus { get; init; } = "FAILED";

    /// <summary>Whether a job whose ttl ran out is 404 (the default) or TIMED_OUT; the documents disagree.</summary>
    public bool ExpiredIsNotFound { get; init; } = true;

    /// <summary>Whether <c>policy</c> below the documented minima is 400; default true.</summary>
    public bool EnforcesPolicyMinima { get; init; } = true;

    /// <summary>Whether <c>?ttl=</c> counts on /status too, or only on /run and /runsync (the default); unconfirmed.</summary>
    public bool TtlQueryOnStatus { get; init; }

    /// <summary>Milliseconds results of /run are kept; default 30 minutes.</summary>
    public int RunResultMs { get; init; } = 1_800_000;

    /// <summary>Milliseconds results of /runsync are kept; default 1 minute.</summary>
    public int RunSyncResultMs { get; init; } = 60_000;

    /// <summary>Most bytes of an output; larger ones are dropped and the job completes without; default 10 MB.</summary>
    public int MaxOutputBytes { get; init; } = 10 * 1024 * 1024;

    /// <summary>Whether the late result of a cancelled job makes it COMPLETED; unconfirmed, default false.</summary>
    public bool CancelledMayComplete { get; init; }

    /// <summary>How often a job whose worker vanished is put back before it fails; unconfirmed, default 1.</summary>
    public int VanishedRequeues { get; init; } = 1;

    /// <summary>How often a webhook is delivered: 0, 1 (the default) or more for duplicates.</summary>
    public int WebhookDeliveries { get; init; } = 1;

    /// <summary>Whether FAILED and TIMED_OUT are reported too; unconfirmed, default true.</summary>
    public bool WebhookOnFailure { get; init; } = true;

    /// <summary>Whether <c>webhookV2</c> is called like <c>webhook</c>; undocumented, default false.</summary>
    public bool DeliversWebhookV2 { get; init; }

    /// <summary>Milliseconds between the three tries of a webhook; default 10000.</summary>
    public int WebhookRetryMs { get; init; } = 10_000;

    /// <summary>Whether /stream answers a bare array as the documents show, instead of the SDK's object (the default).</summary>
    public bool StreamIsArray { get; init; }

    /// <summary>Whether /requests answers a bare array (the default) or <c>{requests:[…]}</c>; unconfirmed.</summary>
    public bool RequestsIsArray { get; init; } = true;

    /// <summary>Whether errors are plain text instead of <c>{error}</c>; unconfirmed, default false.</summary>
    public bool PlainTextErrors { get; init; }

    /// <summary>Whether /health lists only idle and running workers, as the documents' example does; default false.</summary>
    public bool ShortHealth { get; init; }

    /// <summary>Whether /health also has <c>unhealthy</c>; unconfirmed, default false.</summary>
    public bool UnhealthyMember { get; init; }

    /// <summary>Factor on the documented limits per 10 seconds (run 1000, runsync 2000, status 2000, cancel 100, purge 2, requests 10); default 1.</summary>
    public double RateLimitScale { get; init; } = 1;

    /// <summary><c>Retry-After</c> in seconds on 429; not promised, default none.</summary>
    public int? RetryAfterSeconds { get; init; }

    /// <summary>Whether a repeated <c>Idempotency-Key</c> gives the first job; none is documented, default false.</summary>
    public bool HonoursIdempotencyKey { get; init; }

    /// <summary>Faults by chance.</summary>
    public RandomFaults Random { get; init; } = new();
}
