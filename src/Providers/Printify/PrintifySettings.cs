using PodEngine.Providers.Http;

namespace PodEngine.Providers.Printify;

/// <summary>How Printify is reached.</summary>
public sealed record PrintifySettings
{
    /// <summary>Printify's own address.</summary>
    public static readonly Uri OfficialUrl = new("https://api.printify.com");

    /// <summary>Personal access token or OAuth token (<c>PRINTIFY_API_KEY</c>).</summary>
    public required ProviderKey Key { get; init; }

    /// <summary>Address without <c>/v1</c>; may have a path.</summary>
    public Uri BaseUrl { get; init; } = OfficialUrl;

    /// <summary>Bounds.</summary>
    public ProviderLimits Limits { get; init; } = new() { TryTimeout = TimeSpan.FromSeconds(60), CallTimeout = TimeSpan.FromSeconds(120), Concurrency = 16 };

    /// <summary>How long the variants of a blueprint are kept.</summary>
    public TimeSpan CatalogLifetime { get; init; } = TimeSpan.FromHours(1);
}
