using PodEngine.Ledger;

namespace PodEngine.Pipeline.Images;

/// <summary>A picture a backend has finished and still keeps.</summary>
public sealed record DrawnPicture
{
    /// <summary>Where the backend keeps it; only the backend reads this text.</summary>
    public required string Source { get; init; }

    /// <summary>What drew it and how.</summary>
    public required PictureProvenance Provenance { get; init; }

    /// <summary>GPU time from the first sign of drawing to the end; 0 when no sign came.</summary>
    public long GpuMillis { get; init; }

    /// <summary>Price; 0 on one's own hardware.</summary>
    public long UsdMicros { get; init; }

    internal PurchaseCost Cost => new(GpuMillis, UsdMicros);
}
