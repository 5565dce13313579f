using System.Net;
using System.Net.Sockets;
using PodEngine.Shared.Faults;

namespace PodEngine.Providers.Http;

/// <summary>Puts what can go wrong with any HTTP call into the engine's words.</summary>
internal static class HttpFaults
{
    /// <summary>The fault of an error status, unless the provider's own mapping knows better.</summary>
    /// <param name="reply">The answer.</param>
    /// <param name="said">What the provider says, redacted; may be empty.</param>
    /// <param name="configuration">What to check when the key is refused, for example <c>PRINTIFY_API_KEY</c>.</param>
    public static JobFault OfStatus(ProviderReply reply, string said, string configuration)
    {
        string what = $"HTTP {reply.StatusCode}{(said.Length > 0 ? ": " + said : "")}";
        return reply.StatusCode switch
        {
            >= 300 and < 400 => Fault(
                FaultClass.Configuration,
                FaultCodes.ProviderRejected,
                $"The address redirects to {reply.Headers.Location?.OriginalString ?? "another one"}; redirects are not followed. Correct the base URL.",
                false),
            401 => Fault(FaultClass.Configuration, FaultCodes.ProviderUnauthorized, $"The key was refused ({what}). Check {configuration}.", false),
            402 => Fault(FaultClass.Configuration, FaultCodes.ProviderRejected, $"The account cannot pay ({what}). Settle its billing.", false),
            403 => Fault(FaultClass.Configuration, FaultCodes.ProviderUnauthorized, $"The key lacks the right for this call ({what}). Check {configuration} and its scopes.", false),
            404 or 410 => Fault(FaultClass.Provider, FaultCodes.ProviderRejected, $"There is no such thing ({what}).", false),
            408 => Fault(FaultClass.Provider, FaultCodes.ProviderUnavailable, $"The service gave up waiting ({what}).", true),
            409 or 423 or 425 => Fault(FaultClass.Provider, FaultCodes.ProviderRejected, $"It clashes with something else ({what}).", true),
            413 => Fault(FaultClass.Provider, FaultCodes.PictureTooLarge, $"The request is too large ({what}).", false),
            429 => Fault(FaultClass.Provider, FaultCodes.ProviderRateLimited, $"The rate limit is reached ({what}).", true),
            >= 500 => Fault(FaultClass.Provider, FaultCodes.ProviderUnavailable, $"The service failed ({what}).", true),
            >= 400 => Fault(FaultClass.Provider, FaultCodes.ProviderRejected, $"The request was refused ({what}).", false),
            _ => Fault(FaultClass.Provider, FaultCodes.ProviderAnswerInvalid, $"An answer of status {reply.StatusCode} is not expected here.", true),
        };
    }

    /// <summary>Whether a request answered with this status may have taken effect: 3xx and 4xx refuse, all else leaves it open.</summary>
    public static Spend SpendOf(ProviderCall call, int status) =>
        call.SafeToRepeat || (status is >= 300 and < 500 and not 408) ? Spend.None : Spend.Unknown;

    /// <summary>The fault of a request that got no answer.</summary>
    public static ProviderException OfTransport(string provider, ProviderCall call, Exception cause, string? key)
    {
        bool neverSent = NeverSent(cause);
        string how = neverSent ? "could not be reached" : "broke the connection";
        string message = Redactor.Redact($"The service {how} ({Innermost(cause).Message})", key);
        return new(provider, call.Operation, Fault(FaultClass.Provider, FaultCodes.ProviderUnavailable, message, true), cause)
        {
            Spend = neverSent || call.SafeToRepeat ? Spend.None : Spend.Unknown,
        };
    }

    /// <summary>The fault of a request that was sent and not answered in time.</summary>
    public static ProviderException OfTimeout(string provider, ProviderCall call, TimeSpan timeout) => new(
        provider,
        call.Operation,
        Fault(FaultClass.Provider, FaultCodes.ProviderUnavailable, $"No answer within {timeout.TotalSeconds:0.#} s.", true))
    {
        Spend = call.SafeToRepeat ? Spend.None : Spend.Unknown,
    };

    /// <summary>An answer that came and cannot be used. For a request with an effect, nobody knows whether it took place.</summary>
    public static ProviderException OfAnswer(string provider, ProviderCall call, string message, ProviderReply? reply = null, Exception? cause = null) =>
        new(provider, call.Operation, Fault(FaultClass.Provider, FaultCodes.ProviderAnswerInvalid, message, true), cause)
        {
            Spend = call.SafeToRepeat ? Spend.None : Spend.Unknown,
            StatusCode = reply?.StatusCode,
        };

    public static JobFault Fault(FaultClass faultClass, string code, string message, bool retryable) =>
        new() { Class = faultClass, Code = code, Message = message, Retryable = retryable };

    /// <summary>True when the request cannot have left: no connection was ever established.</summary>
    public static bool NeverSent(Exception cause) => cause switch
    {
        HttpRequestException
        {
            HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError
                or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError,
        } => true,
        // The handler's own connect timeout is the only timeout left to it.
        OperationCanceledException { InnerException: TimeoutException } => true,
        HttpRequestException { InnerException: SocketException { SocketErrorCode: SocketError.ConnectionRefused or SocketError.HostNotFound } } => true,
        _ => false,
    };

    /// <summary>True when the failure says something about the service's health: it counts for the circuit breaker.</summary>
    public static bool IsUnhealthy(ProviderException failure) =>
        failure is { IsOutage: false, Fault.Code: FaultCodes.ProviderUnavailable } || failure.StatusCode >= (int)HttpStatusCode.InternalServerError;

    private static Exception Innermost(Exception cause)
    {
        while (cause.InnerException is { } inner)
        {
            cause = inner;
        }

        return cause;
    }
}
