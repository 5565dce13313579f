namespace PodEngine.Shared.Jobs;

/// <summary>What a design job made: the queue's result text. Present also on a job that failed after making something.</summary>
public sealed record DesignResult
{
    /// <summary>Who wrote the prompts: <c>given</c>, <c>template</c> or <c>claude:model</c>.</summary>
    public required string WrittenBy { get; init; }

    /// <summary>Pictures in order of their index; the missing ones have a fault code instead of an address.</summary>
    public required IReadOnlyList<DesignResultImage> Images { get; init; }

    /// <summary>Products in order of picture, type and platform.</summary>
    public required IReadOnlyList<DesignResultProduct> Products { get; init; }

    /// <summary>What it cost.</summary>
    public required DesignResultCost Cost { get; init; }
}

/// <summary>A picture of a result.</summary>
/// <param name="Index">Which design of the job, from 0.</param>
/// <param name="Title">Title for shoppers.</param>
/// <param name="Seed">The sampler's seed.</param>
/// <param name="Sha256">Address in storage; null when the picture is missing.</param>
/// <param name="Bytes">Size; null when the picture is missing.</param>
/// <param name="FaultCode">Why the picture is missing; null when it is not.</param>
public sealed record DesignResultImage(int Index, string Title, long Seed, string? Sha256, long? Bytes, string? FaultCode);

/// <summary>A product of a result.</summary>
/// <param name="ImageIndex">Which picture.</param>
/// <param name="ProductType">Product type from the catalogue.</param>
/// <param name="Platform">Name of the sales channel.</param>
/// <param name="ExternalId">Printify's id; null when the product was not made.</param>
/// <param name="Title">Title for shoppers.</param>
/// <param name="PriceCents">Retail price in US cents.</param>
/// <param name="State"><c>Draft</c>, <c>Publishing</c>, <c>Published</c> or <c>Failed</c>.</param>
/// <param name="Url">Address in the sales channel; null while unknown.</param>
/// <param name="FaultCode">Why it failed; null when it did not.</param>
public sealed record DesignResultProduct(
    int ImageIndex,
    string ProductType,
    string Platform,
    string? ExternalId,
    string Title,
    int PriceCents,
    string State,
    string? Url,
    string? FaultCode);

/// <summary>The cost of a job.</summary>
/// <param name="GpuMillis">Milliseconds of GPU time.</param>
/// <param name="UsdMicros">Millionths of a US dollar.</param>
/// <param name="Repeated">Purchases made again because their answer was lost.</param>
public sealed record DesignResultCost(long GpuMillis, long UsdMicros, int Repeated);
