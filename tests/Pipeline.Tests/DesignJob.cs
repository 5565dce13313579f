using PodEngine.Queue;
using PodEngine.Shared.Jobs;
using PodEngine.Shared.Products;

namespace PodEngine.Pipeline.Tests;

/// <summary>Builds design jobs for tests.</summary>
internal static class DesignJob
{
    public const long ApiShop = 1001;
    public const long ShopifyShop = 1002;

    public static readonly QueueKey Lane = new(Guid.Parse("11111111-1111-4111-8111-111111111111"), "default", "default");

    public static DesignWork Work(string? prompt = null, int count = 1, params string[] types) => new()
    {
        Brief = new DesignBrief { Prompt = prompt, Theme = "cyber-punk", Style = "neon", Niche = "night owls", Count = count },
        Image = new ImageSettings { Width = 64, Height = 64, Steps = 4 },
        Products = [.. (types.Length == 0 ? ["tshirt"] : types).Select(type => ProductCatalog.Default[type])],
        Platforms = [new PlatformTarget("printify", ApiShop)],
    };

    public static JobRequest Request(DesignWork work, RetryPolicy? retry = null, UnknownPurchasePolicy onUnknown = UnknownPurchasePolicy.RepeatOnce) => new()
    {
        Id = JobId.New(),
        Queue = Lane,
        Name = "job",
        Arguments = JobSnapshotJson.Write(new JobSnapshot { Name = "job", Namespace = "default", Work = work, OnUnknownPurchase = onUnknown }),
        Retry = retry ?? new RetryPolicy { Delay = TimeSpan.Zero },
    };
}
