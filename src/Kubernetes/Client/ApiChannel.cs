using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using PodEngine.Kubernetes.Client.Credentials;
using PodEngine.Kubernetes.Objects;

namespace PodEngine.Kubernetes.Client;

/// <summary>
/// Sends calls and turns what comes back into objects or typed faults. Calls turned away with 429 were not carried out and are repeated
/// after the server's <c>Retry-After</c>; reads are repeated after server errors too. One deadline covers a call with its repeats.
/// </summary>
internal sealed class ApiChannel : IDisposable
{
    private static readonly TimeSpan DefaultWait = TimeSpan.FromSeconds(1);
    private readonly KubernetesConnection connection;
    private readonly KubernetesClientOptions options;
    private readonly TimeProvider time;
    private readonly BearerToken token;
    private readonly HttpMessageInvoker http;
    private readonly Func<bool>? mayWrite;

    public ApiChannel(KubernetesConnection connection, KubernetesClientOptions options, TimeProvider time)
    {
        (this.connection, this.options, this.time) = (connection, options, time);
        token = new BearerToken(connection, time);
        http = new HttpMessageInvoker(KubernetesTransport.Create(connection));
    }

    private ApiChannel(ApiChannel shared, Func<bool> mayWrite)
    {
        (connection, options, time) = (shared.connection, shared.options, shared.time);
        (token, http, this.mayWrite) = (shared.token, shared.http, mayWrite);
    }

    public KubernetesConnection Connection => connection;

    /// <summary>A channel over the same connections that asks before each attempt at a write; it needs no disposing.</summary>
    public ApiChannel Guarded(Func<bool> mayWrite) => new(this, mayWrite);

    /// <summary>Sends a call and reads its answer.</summary>
    public async Task<TResult> SendAsync<TResult>(ApiCall call, JsonTypeInfo<TResult> json, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(options.RequestTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            using var response = await SendWithRepeatsAsync(call, either.Token);
            await using var body = await response.Content.ReadAsStreamAsync(either.Token);
            return await JsonSerializer.DeserializeAsync(body, json, either.Token)
                ?? throw new InvalidDataException($"{call}: the API server at {connection.Server} answered null.");
        }
        catch (OperationCanceledException fault) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw KubernetesUnreachableException.NoAnswer(connection, call.ToString(), options.RequestTimeout, fault);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            throw KubernetesUnreachableException.From(connection, call.ToString(), fault);
        }
    }

    /// <summary>Opens a streamed answer: the deadline ends with its headers.</summary>
    public async Task<HttpResponseMessage> OpenAsync(ApiCall call, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(options.RequestTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            return await SendWithRepeatsAsync(call, either.Token);
        }
        catch (OperationCanceledException fault) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw KubernetesUnreachableException.NoAnswer(connection, call.ToString(), options.RequestTimeout, fault);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            throw KubernetesUnreachableException.From(connection, call.ToString(), fault);
        }
    }

    public void Dispose() => http.Dispose();

    private async Task<HttpResponseMessage> SendWithRepeatsAsync(ApiCall call, CancellationToken cancellationToken)
    {
        var mayRenewToken = true;
        for (var repeats = 0; ; repeats++)
        {
            var response = await SendOnceAsync(call, cancellationToken);
            if (response.IsSuccessStatusCode)
            {
                return response;
            }

            KubernetesException refusal;
            using (response)
            {
                refusal = await ReadRefusalAsync(call, response, cancellationToken);
            }

            if (refusal.IsUnauthorized && mayRenewToken && token.Invalidate())
            {
                mayRenewToken = false;
            }
            else if (repeats < options.MaxRepeats && MayRepeat(call, refusal) && (refusal.RetryAfter ?? DefaultWait) is var wait && wait <= options.LongestWait)
            {
                await Task.Delay(wait, time, cancellationToken);
            }
            else
            {
                throw refusal;
            }
        }
    }

    private async Task<HttpResponseMessage> SendOnceAsync(ApiCall call, CancellationToken cancellationToken)
    {
        using var request = call.ToRequest(connection.Server);
        request.Headers.UserAgent.ParseAdd(options.UserAgent);
        request.Headers.Host = connection.TlsServerName;
        if (token.Current() is { } bearer)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        }

        // Asked last and anew for each repeat: a process frozen while it waited must not send what it has lost the right to send.
        if (!call.IsRead && mayWrite?.Invoke() == false)
        {
            throw new WriteWithheldException(call.ToString());
        }

        var sentAt = time.GetTimestamp();
        var code = "<error>";
        try
        {
            var response = await http.SendAsync(request, cancellationToken);
            code = ((int)response.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture);
            return response;
        }
        finally
        {
            var host = Telemetry.Tag("host", connection.Server.Authority);
            Telemetry.Requests.Add(1, Telemetry.Tag("code", code), Telemetry.Tag("method", call.Method.Method), host);
            Telemetry.RequestSeconds.Record(time.GetElapsedTime(sentAt).TotalSeconds, Telemetry.Tag("verb", call.Verb), host);
        }
    }

    private static bool MayRepeat(ApiCall call, KubernetesException refusal) => refusal.IsTooManyRequests
        || (call.IsRead && refusal.Code is HttpStatusCode.InternalServerError or HttpStatusCode.BadGateway
            or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout);

    private async Task<KubernetesException> ReadRefusalAsync(ApiCall call, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        KubernetesStatus? status = null;
        try
        {
            status = JsonSerializer.Deserialize(text, KubernetesJson.Default.KubernetesStatus);
        }
        catch (JsonException)
        {
            // A proxy, or the API server's router, answers in plain text.
        }

        if (status?.Code is null)
        {
            status = new KubernetesStatus
            {
                Status = "Failure",
                Code = (int)response.StatusCode,
                Message = text.Length == 0 ? response.ReasonPhrase : text[..Math.Min(text.Length, 300)].Trim(),
            };
        }

        var header = response.Headers.RetryAfter;
        var wait = header?.Delta ?? (header?.Date is { } date ? date - time.GetUtcNow() : null);
        return new KubernetesException(call.ToString(), status, wait is { } positive && positive > TimeSpan.Zero ? positive : null);
    }
}
