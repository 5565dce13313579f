using System.Text.Json;
using PodEngine.Providers.Http;
using PodEngine.Shared.Faults;

namespace PodEngine.Providers.Printify;

/// <summary>
/// Printify's error answers in the engine's words. There are three shapes: <c>{status, code, message, errors: {reason, code}}</c>,
/// <c>{error, request_id}</c> and anything that is no JSON.
/// </summary>
internal static class PrintifyFaults
{
    private const string Configuration = "PRINTIFY_API_KEY";

    public static ProviderException NoKey(ProviderCall call) => Input(
        call, FaultClass.Configuration, FaultCodes.ProviderUnauthorized, $"There is no key for Printify. Set {Configuration}.");

    public static ProviderException TooLarge(ProviderCall call, int bytes) => Input(
        call,
        FaultClass.Configuration,
        FaultCodes.PictureTooLarge,
        $"The picture has {bytes} bytes; Printify takes {PrintifyClient.MaxInlineBytes} by contents. Draw it smaller, or use storage with public links.");

    public static ProviderException CatalogEntryUnknown(string operation, string message) =>
        new("printify", operation, HttpFaults.Fault(FaultClass.Configuration, FaultCodes.CatalogEntryUnknown, message, retryable: false));

    public static ProviderException TooManyPages(ProviderCall call, int pages) => Input(
        call,
        FaultClass.Provider,
        FaultCodes.ProviderAnswerInvalid,
        $"The list has more than {pages} pages, too many to search. Archive old uploads or move old products to another shop.");

    public static ProviderException OfStatus(ProviderCall call, ProviderReply reply, string? key, TimeProvider time)
    {
        var (code, said, requestId) = Read(reply);
        said = Redactor.Redact(said ?? reply.Shown(), key);
        string? correlation = reply.Header("x-pfy-correlation-id") ?? requestId;
        string quoted = $"{(code is null ? "" : $"code {code}, ")}{said}{(correlation is null ? "" : $" [correlation id {correlation}]")}";
        return new("printify", call.Operation, FaultOf(reply, code, quoted))
        {
            Spend = HttpFaults.SpendOf(call, reply.StatusCode),
            RetryAfter = RetryAfterHeader.Read(reply.Headers, time),
            StatusCode = reply.StatusCode,
            ProviderCode = code,
            CorrelationId = correlation,
        };
    }

    /// <summary>
    /// The codes are said to be subject to change, and say no more than a status that is plain already: an unknown one, or one beside such a
    /// status, falls back to what the status means.
    /// </summary>
    private static JobFault FaultOf(ProviderReply reply, string? code, string said) => (reply.StatusCode, code) switch
    {
        (400 or 409 or 422, "8252") => HttpFaults.Fault(
            FaultClass.Provider, FaultCodes.ProviderRejected, $"The product is locked while a publication is under way ({said}).", true),
        (400 or 409 or 422, "8203" or "8150") => HttpFaults.Fault(
            FaultClass.Provider, FaultCodes.ProviderRejected, $"Printify's validation failed ({said}). Check the catalogue entry, and the size of the picture.", false),
        (400 or 409 or 422, "8201") => HttpFaults.Fault(
            FaultClass.Provider, FaultCodes.ProviderRejected, $"Printify takes neither this format nor this size of picture ({said}).", false),
        (400 or 409 or 422, "10300") => HttpFaults.Fault(
            FaultClass.Provider, FaultCodes.ProviderRejected, $"Printify's operation failed, for example it could not fetch the picture ({said}).", true),
        _ => HttpFaults.OfStatus(reply, said, Configuration),
    };

    private static (string? Code, string? Said, string? RequestId) Read(ProviderReply reply)
    {
        JsonElement root;
        try
        {
            root = JsonAnswer.ReadObject(reply.Body);
        }
        catch (JsonException)
        {
            return default;
        }

        if (root.Text("error") is { } error)
        {
            string? description = root.Text("error_description");
            return (null, description is null ? error : $"{error}: {description}", root.Text("request_id"));
        }

        var errors = root.Member("errors") ?? default;
        string? code = CodeOf(root) ?? CodeOf(errors);
        string? message = root.Text("message");
        string? reason = Reason(errors);
        return (code, (message, reason) switch
        {
            (null, null) => null,
            ({ } m, null) => m,
            (null, { } r) => r,
            ({ } m, { } r) when m == r => m,
            ({ } m, { } r) => $"{m}: {r}",
        }, root.Text("request_id"));
    }

    private static string? CodeOf(JsonElement element) => element.Number("code")?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? element.Text("code");

    /// <summary>The reason is text, or JSON, or JSON in text; all of it is shown as text.</summary>
    private static string? Reason(JsonElement errors) => errors.Member("reason") switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) } other => other.GetRawText(),
        _ => errors.ValueKind == JsonValueKind.Object && errors.Member("reason") is null ? errors.GetRawText() : null,
    };

    private static ProviderException Input(ProviderCall call, FaultClass faultClass, string code, string message) =>
        new("printify", call.Operation, HttpFaults.Fault(faultClass, code, message, retryable: false));
}
