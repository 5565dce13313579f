namespace PodEngine.Ledger;

/// <summary>Where a product is in its life.</summary>
public enum ProductState
{
    /// <summary>Made at Printify, not published.</summary>
    Draft,

    /// <summary>Publication was asked for and is under way.</summary>
    Publishing,

    /// <summary>On sale in its channel.</summary>
    Published,

    /// <summary>Could not be made or published; see <see cref="ProductRecord.FaultCode"/>.</summary>
    Failed,
}

/// <summary>A product of a job.</summary>
public sealed record ProductRecord
{
    /// <summary>Which picture, by its index.</summary>
    public required int ImageIndex { get; init; }

    /// <summary>Product type from the catalogue.</summary>
    public required string ProductType { get; init; }

    /// <summary>Name of the sales channel.</summary>
    public required string Platform { get; init; }

    /// <summary>Printify shop id.</summary>
    public required long ShopId { get; init; }

    /// <summary>Printify product id; null while there is none.</summary>
    public string? ExternalId { get; init; }

    /// <summary>Title for shoppers.</summary>
    public required string Title { get; init; }

    /// <summary>Retail price in US cents.</summary>
    public required int PriceCents { get; init; }

    /// <summary>Where it is in its life.</summary>
    public required ProductState State { get; init; }

    /// <summary>Address in the sales channel; null while unknown.</summary>
    public string? Url { get; init; }

    /// <summary>Why it failed; null when it did not.</summary>
    public string? FaultCode { get; init; }

    /// <summary>What happened, for people; null when nothing did.</summary>
    public string? FaultMessage { get; init; }
}
