using System.Net;

namespace PodEngine.Providers.Http;

/// <summary>Makes the HTTP client of a provider: connections of its own, no redirects, no cookies, deadlines left to the pipeline.</summary>
internal static class ProviderHttpClient
{
    public static HttpClient Create(Uri baseAddress, ProviderLimits limits) => new(CreateHandler(limits))
    {
        BaseAddress = WithSlash(baseAddress),
        Timeout = Timeout.InfiniteTimeSpan,
    };

    public static SocketsHttpHandler CreateHandler(ProviderLimits limits) => new()
    {
        ConnectTimeout = limits.ConnectTimeout,
        // Long enough to reuse connections, short enough to follow a service that moves.
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
        MaxConnectionsPerServer = limits.Concurrency,
        // A redirect could carry a key, or a request with an effect, to somebody else.
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.All,
    };

    /// <summary>The address ending in a slash, so that relative paths are appended and do not replace its last part.</summary>
    public static Uri WithSlash(Uri address)
    {
        if (address.Scheme is not ("http" or "https"))
        {
            throw new ArgumentException($"A provider's address begins with http:// or https://, not '{address.Scheme}:'.", nameof(address));
        }

        return address.AbsoluteUri.EndsWith('/') ? address : new Uri(address.AbsoluteUri + "/");
    }
}
