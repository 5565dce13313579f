using System.Net.Http.Headers;

namespace PodEngine.Providers.Http;

/// <summary>Reads <c>Retry-After</c> in both of its forms, seconds and date (RFC 9110, section 10.2.3).</summary>
internal static class RetryAfterHeader
{
    /// <summary>No provider means longer than this; a wrong clock or value is cut down to it.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    public static TimeSpan? Read(HttpResponseHeaders headers, TimeProvider time)
    {
        var wait = headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - time.GetUtcNow(),
            _ => (TimeSpan?)null,
        };

        return wait switch
        {
            null => null,
            { } w when w < TimeSpan.Zero => TimeSpan.Zero,
            { } w when w > Longest => Longest,
            _ => wait,
        };
    }
}
