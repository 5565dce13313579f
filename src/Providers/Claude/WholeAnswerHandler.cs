using PodEngine.Providers.Http;

namespace PodEngine.Providers.Claude;

/// <summary>
/// Reads every answer whole and bounded before the SDK sees it, and turns error statuses into faults with the headers and words at hand.
/// </summary>
/// <param name="limits">Bounds.</param>
/// <param name="readFault">Makes the fault of an error status, given the key to redact.</param>
/// <param name="key">The key.</param>
internal sealed class WholeAnswerHandler(ProviderLimits limits, Func<ProviderReply, string?, ProviderException> readFault, ProviderKey key) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        try
        {
            var reply = await ProviderReply.ReadAsync(response, limits.MaxAnswerBytes, cancellationToken);
            if (!reply.IsSuccess)
            {
                throw readFault(reply, key.Read());
            }

            var content = new ReadOnlyMemoryContent(reply.Body);
            content.Headers.ContentType = response.Content.Headers.ContentType;
            response.Content.Dispose();
            response.Content = content;
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }
}
