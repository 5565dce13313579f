namespace PodEngine.Resources.InferenceEndpoints;

/// <summary>Where an endpoint is and what it may be asked.</summary>
public sealed record InferenceEndpointSpec
{
    /// <summary>Who runs it; default <see cref="InferenceProvider.RunPod"/>.</summary>
    public InferenceProvider Provider { get; init; }

    /// <summary>The provider's id, at most 100 characters.</summary>
    public required string EndpointId { get; init; }

    /// <summary>Address of the provider's API without the endpoint's id; null for the provider's own.</summary>
    public string? BaseUrl { get; init; }

    /// <summary>Whether new work may be sent; default true.</summary>
    public bool Active { get; init; } = true;

    /// <summary>Price of a second of GPU time, 0 to 1000000000 millionths of a US dollar; null where it is not known.</summary>
    public long? PricePerGpuSecondUsdMicros { get; init; }

    /// <summary>Bounds on every call.</summary>
    public InferenceLimits Limits { get => field ?? new(); init; }
}
