using System.Text.Json;
using PodEngine.Providers.Http;
using PodEngine.Shared.Faults;

namespace PodEngine.Providers.Claude;

/// <summary>Anthropic's error answers (<c>{type: "error", error: {type, message}, request_id}</c>) in the engine's words.</summary>
internal static class ClaudeFaults
{
    private const string Configuration = "CLAUDE_API_KEY";
    private const int Overloaded = 529;

    public static ProviderException NoKey(ProviderCall call) => new(
        ClaudeClient.Provider,
        call.Operation,
        HttpFaults.Fault(FaultClass.Configuration, FaultCodes.ProviderUnauthorized, $"There is no key for Claude. Set {Configuration}.", false));

    public static ProviderException OfStatus(ProviderCall call, ProviderReply reply, string? key, TimeProvider time)
    {
        var (type, message, detail, requestId) = Read(reply);
        string said = Redactor.Redact(message ?? reply.Shown(), key);
        if (type is not null)
        {
            said = $"{type}: {said}";
        }

        return new(ClaudeClient.Provider, call.Operation, FaultOf(reply, said, detail))
        {
            // An overloaded service turns the call away unread.
            Spend = reply.StatusCode == Overloaded ? Spend.None : HttpFaults.SpendOf(call, reply.StatusCode),
            RetryAfter = RetryAfterHeader.Read(reply.Headers, time),
            StatusCode = reply.StatusCode,
            ProviderCode = detail ?? type,
            CorrelationId = reply.Header("request-id") ?? requestId,
        };
    }

    private static JobFault FaultOf(ProviderReply reply, string said, string? detail) => reply.StatusCode switch
    {
        404 => HttpFaults.Fault(
            FaultClass.Configuration, FaultCodes.ProviderRejected, $"The model or the address is unknown ({said}). Check the model name and the base URL.", false),
        413 => HttpFaults.Fault(FaultClass.Input, FaultCodes.ProviderRejected, $"The question is too large ({said}).", false),
        // The tier's monthly cap: it lasts for weeks.
        429 when detail == "enforced_spend_limit_reached" => HttpFaults.Fault(
            FaultClass.Configuration, FaultCodes.ProviderRateLimited, $"The account's spend limit is reached ({said}). Raise it or wait for the next month.", false),
        _ => HttpFaults.OfStatus(reply, said, Configuration),
    };

    private static (string? Type, string? Message, string? Detail, string? RequestId) Read(ProviderReply reply)
    {
        try
        {
            var root = JsonAnswer.ReadObject(reply.Body);
            var error = root.Member("error") ?? default;
            return (error.Text("type"), error.Text("message"), error.Member("details")?.Text("error_code"), root.Text("request_id"));
        }
        catch (JsonException)
        {
            return default;
        }
    }
}
