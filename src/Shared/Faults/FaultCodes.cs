namespace PodEngine.Shared.Faults;

/// <summary>The stable codes of failures, one place for code, documentation and tests. Renaming one is a breaking change.</summary>
public static class FaultCodes
{
    /// <summary>The worker pool a job names does not exist in its namespace.</summary>
    public const string PoolNotFound = nameof(PoolNotFound);

    /// <summary>A product type is not in the pool's catalogue.</summary>
    public const string ProductTypeUnknown = nameof(ProductTypeUnknown);

    /// <summary>The pool's catalogue ConfigMap is missing or cannot be read.</summary>
    public const string CatalogInvalid = nameof(CatalogInvalid);

    /// <summary>A platform is not among the pool's platforms.</summary>
    public const string PlatformUnknown = nameof(PlatformUnknown);

    /// <summary>The pool has no Printify shop to make products in.</summary>
    public const string ShopNotConfigured = nameof(ShopNotConfigured);

    /// <summary>The pool has no backend that draws pictures.</summary>
    public const string ImageBackendNotConfigured = nameof(ImageBackendNotConfigured);

    /// <summary>A workflow key is not in the pool's workflow ConfigMap.</summary>
    public const string WorkflowNotFound = nameof(WorkflowNotFound);

    /// <summary>A workflow of the pool is no workflow in API format, too long, or uses an unknown placeholder.</summary>
    public const string WorkflowInvalid = nameof(WorkflowInvalid);

    /// <summary>The webhook named by <c>notify</c> is not among the pool's webhooks.</summary>
    public const string WebhookUnknown = nameof(WebhookUnknown);

    /// <summary>A field of the spec breaks a rule.</summary>
    public const string InputInvalid = nameof(InputInvalid);

    /// <summary>Inputs exceed their size in bytes.</summary>
    public const string InputTooLarge = nameof(InputTooLarge);

    /// <summary>The ConfigMap named by <c>inputsFrom</c> or its key does not exist.</summary>
    public const string InputsNotFound = nameof(InputsNotFound);

    /// <summary>ERR_6001: a RunPod job failed.</summary>
    public const string RunPodFailed = "ERR_6001";

    /// <summary>ERR_6002: a RunPod job timed out.</summary>
    public const string RunPodTimeout = "ERR_6002";

    /// <summary>ERR_6003: RunPod refused for its rate limit.</summary>
    public const string RunPodRateLimited = "ERR_6003";

    /// <summary>ERR_6100: the GenerationModel does not exist.</summary>
    public const string ModelNotFound = "ERR_6100";

    /// <summary>ERR_6101: the GenerationModel is not published.</summary>
    public const string ModelNotPublished = "ERR_6101";

    /// <summary>ERR_6102: the InferenceEndpoint is missing or not active.</summary>
    public const string EndpointNotActive = "ERR_6102";

    /// <summary>Claude refused to write prompts for the theme.</summary>
    public const string PromptRefused = nameof(PromptRefused);

    /// <summary>A provider answered something that cannot be used.</summary>
    public const string ProviderAnswerInvalid = nameof(ProviderAnswerInvalid);

    /// <summary>A provider refused the request as wrong.</summary>
    public const string ProviderRejected = nameof(ProviderRejected);

    /// <summary>A provider does not accept the key it was given.</summary>
    public const string ProviderUnauthorized = nameof(ProviderUnauthorized);

    /// <summary>A provider is down, slow or overloaded.</summary>
    public const string ProviderUnavailable = nameof(ProviderUnavailable);

    /// <summary>A provider's rate limit was reached.</summary>
    public const string ProviderRateLimited = nameof(ProviderRateLimited);

    /// <summary>A ComfyUI server lacks the checkpoint a job names.</summary>
    public const string CheckpointUnknown = nameof(CheckpointUnknown);

    /// <summary>ComfyUI refused or failed a workflow.</summary>
    public const string WorkflowFailed = nameof(WorkflowFailed);

    /// <summary>It is unknown whether a purchase was made, and the job asks to fail then.</summary>
    public const string PurchaseUnknown = nameof(PurchaseUnknown);

    /// <summary>A blueprint, print provider or variant is not in Printify's catalogue.</summary>
    public const string CatalogEntryUnknown = nameof(CatalogEntryUnknown);

    /// <summary>A picture is larger than a service takes.</summary>
    public const string PictureTooLarge = nameof(PictureTooLarge);

    /// <summary>Stored bytes are missing or are not what was stored.</summary>
    public const string StorageCorrupt = nameof(StorageCorrupt);

    /// <summary>Storage cannot be written or read now.</summary>
    public const string StorageUnavailable = nameof(StorageUnavailable);

    /// <summary>Some pictures, products or publications failed; the rest is kept.</summary>
    public const string PartlyFailed = nameof(PartlyFailed);

    /// <summary><c>activeDeadlineSeconds</c> of processing time are used up.</summary>
    public const string DeadlineExceeded = nameof(DeadlineExceeded);

    /// <summary>Nobody decided within <c>approval.expireSeconds</c>.</summary>
    public const string ApprovalExpired = nameof(ApprovalExpired);

    /// <summary>All pictures were rejected.</summary>
    public const string Rejected = nameof(Rejected);

    /// <summary>The job's workers were killed ten times.</summary>
    public const string WorkerLostRepeatedly = nameof(WorkerLostRepeatedly);

    /// <summary>A defect of the engine; the log has the details.</summary>
    public const string InternalError = nameof(InternalError);
}
