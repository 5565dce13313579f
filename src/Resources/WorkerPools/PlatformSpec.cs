namespace PodEngine.Resources.WorkerPools;

/// <summary>A sales channel: a Printify shop by the name jobs use.</summary>
public sealed record PlatformSpec
{
    /// <summary>The name jobs use.</summary>
    public required string Name { get; init; }

    /// <summary>Printify's id of the shop.</summary>
    public required long ShopId { get; init; }
}
