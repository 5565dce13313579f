using System.Text.Json;

namespace PodEngine.Providers.Http;

/// <summary>HTTP calls to one provider through its <see cref="ProviderPipeline"/>: requests out, bounded answers in, error statuses as typed faults.</summary>
internal sealed class ProviderHttp : IDisposable
{
    private readonly HttpClient _http;
    private readonly ProviderPipeline _pipeline;
    private readonly ProviderLimits _limits;
    private readonly Func<ProviderCall, ProviderReply, string?, ProviderException> _readFault;

    /// <param name="provider">Name in lower case.</param>
    /// <param name="baseAddress">Address of the service; its path is kept.</param>
    /// <param name="limits">Bounds.</param>
    /// <param name="services">Clock, logs, budgets.</param>
    /// <param name="readFault">Turns an error status into a fault, given the key to redact.</param>
    public ProviderHttp(
        string provider,
        Uri baseAddress,
        ProviderLimits limits,
        ProviderServices services,
        Func<ProviderCall, ProviderReply, string?, ProviderException> readFault)
    {
        _pipeline = new(provider, limits, services, baseAddress);
        _limits = limits;
        _readFault = readFault;
        _http = ProviderHttpClient.Create(baseAddress, limits);
    }

    public string Provider => _pipeline.Provider;

    public HttpClient Client => _http;

    /// <summary>Sends a request and reads its answer.</summary>
    /// <param name="call">How it may be treated.</param>
    /// <param name="makeRequest">Makes the request anew for each try, with a path relative to the base address.</param>
    /// <param name="read">Reads the answer of a success status; a <see cref="JsonException"/> from it means the answer is useless.</param>
    /// <param name="key">Key to redact from messages.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<T> SendAsync<T>(
        ProviderCall call, Func<HttpRequestMessage> makeRequest, Func<ProviderReply, T> read, string? key, CancellationToken cancellationToken) =>
        _pipeline.RunAsync(
            call,
            async token =>
            {
                using var request = makeRequest();
                using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token);
                var reply = await ProviderReply.ReadAsync(response, call.MaxAnswerBytes ?? _limits.MaxAnswerBytes, token);
                if (!reply.IsSuccess)
                {
                    throw _readFault(call, reply, key);
                }

                try
                {
                    return read(reply);
                }
                catch (Exception useless) when (useless is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
                {
                    string shown = Redactor.Redact(reply.Shown(), key);
                    throw HttpFaults.OfAnswer(Provider, call, $"The answer cannot be used ({useless.Message}): {shown}", reply, useless);
                }
            },
            key,
            cancellationToken);

    public void Dispose()
    {
        _http.Dispose();
        _pipeline.Dispose();
    }
}
