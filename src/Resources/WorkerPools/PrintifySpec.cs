namespace PodEngine.Resources.WorkerPools;

/// <summary>Printify and the pool's own shop there.</summary>
public sealed record PrintifySpec
{
    /// <summary>The name by which jobs call the pool's own shop.</summary>
    public const string PlatformName = "printify";

    /// <summary>Address of the API; null for Printify's own.</summary>
    public string? BaseUrl { get; init; }

    /// <summary>Shop of jobs that name no platforms; null where every job must.</summary>
    public long? ShopId { get; init; }
}
