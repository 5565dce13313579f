using PodEngine.Cli.Reports;
using PodEngine.Ledger;
using PodEngine.Queue;
using PodEngine.Shared.Jobs;
using PodEngine.Shared.Products;

namespace PodEngine.Cli.Tests.Reports;

/// <summary>Builds reports of jobs.</summary>
internal static class Reported
{
    public static readonly DateTimeOffset Created = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static JobReport Job(
        string name, JobState state = JobState.Completed, IReadOnlyList<ImageRecord>? images = null, IReadOnlyList<ProductRecord>? products = null, int priority = 0) => new(
        new JobRecord
        {
            Id = JobId.New(),
            Queue = new QueueKey(Guid.Empty, "default", "presses"),
            Name = name,
            Generation = 1,
            State = state,
            Priority = priority,
            Arguments = "{}",
            Attempts = 2,
            Rescues = 0,
            CreatedAt = Created,
            QueuedAt = Created,
            Progress = new JobProgress(40, "images"),
            Failure = state == JobState.Failed ? new JobFailure("Provider", "ProviderRejected", "<no> & never", false) : null,
        },
        new JobSnapshot
        {
            Name = name,
            Namespace = "default",
            Work = new DesignWork { Brief = new DesignBrief(), Products = [ProductCatalog.Default["mug"]], Platforms = [new PlatformTarget("printify", 1)] },
        },
        new JobLedgerEntries { Purchases = new Dictionary<PurchaseKey, PurchaseRecord>(), Images = images ?? [], Products = products ?? [] });

    public static ImageRecord Image(int index, string title, bool stored = true, string mediaType = "image/png") => new()
    {
        Index = index,
        Title = title,
        Description = "",
        Tags = [],
        Prompt = $"prompt of {title}",
        Seed = 40 + index,
        Provenance = "{}",
        Sha256 = stored ? $"{index:00}" : null,
        MediaType = stored ? mediaType : null,
        FaultCode = stored ? null : "WorkflowFailed",
    };

    public static ProductRecord Product(int image, string type, string? externalId = "p1", string? fault = null) => new()
    {
        ImageIndex = image,
        ProductType = type,
        Platform = "etsy",
        ShopId = 1,
        ExternalId = externalId,
        Title = type,
        PriceCents = 1905,
        State = fault is null ? ProductState.Draft : ProductState.Failed,
        FaultMessage = fault,
    };
}
