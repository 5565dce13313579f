using System.Globalization;
using System.Text.Json.Nodes;
using PodEngine.Simulators.Http;
using PodEngine.Simulators.Knobs;

namespace PodEngine.Simulators.Printify;

/// <summary>Error answers in Printify's forms (https://developers.printify.com; the second form as seen live).</summary>
internal static class PrintifyErrors
{
    public const int UploadCode = 8201;
    public const int OperationCode = 10300;
    public const int LockedCode = 8252;

    /// <summary>Error by status alone.</summary>
    public static Task WriteAsync(HttpContext context, int status, string message, PrintifyKnobs knobs)
    {
        CorrelationOf(context);
        if (status == 429)
        {
            return WriteTooManyAsync(context, knobs);
        }

        return status switch
        {
            401 => WriteErrorFormAsync(context, status, "Unauthenticated"),
            404 => WriteErrorFormAsync(context, status, "Not found"),
            502 or 503 => context.Response.AnswerTextAsync(status, $"<html><body><h1>{status}</h1></body></html>", "text/html"),
            _ => WriteBusinessAsync(context, status, OperationCode, "Operation failed.", message, knobs),
        };
    }

    /// <summary>Business fault: <c>{status, code, message, errors:{reason, code}}</c>.</summary>
    public static Task WriteBusinessAsync(HttpContext context, int status, int code, string message, string reason, PrintifyKnobs knobs)
    {
        CorrelationOf(context);
        var text = knobs.ReasonIsJson ? new JsonObject { ["message"] = reason }.ToJsonString() : reason;
        return context.Response.AnswerJsonAsync(status, new JsonObject
        {
            ["status"] = "error",
            ["code"] = code,
            ["message"] = message,
            ["errors"] = new JsonObject { ["reason"] = text, ["code"] = code },
        });
    }

    /// <summary>The id in <c>x-pfy-correlation-id</c>, on every answer.</summary>
    public static string CorrelationOf(HttpContext context)
    {
        if (context.Response.Headers["x-pfy-correlation-id"] is [{ } known])
        {
            return known;
        }

        var id = Guid.NewGuid().ToString("N");
        context.Response.Headers["x-pfy-correlation-id"] = id;
        return id;
    }

    private static Task WriteErrorFormAsync(HttpContext context, int status, string error) => context.Response.AnswerJsonAsync(
        status, new JsonObject { ["error"] = error, ["request_id"] = CorrelationOf(context) });

    private static Task WriteTooManyAsync(HttpContext context, PrintifyKnobs knobs)
    {
        if (knobs.RetryAfterSeconds is { } seconds && context.Response.Headers.RetryAfter.Count == 0)
        {
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        return knobs.TooManyRequestsBody switch
        {
            PrintifyErrorBody.ErrorForm => WriteErrorFormAsync(context, 429, "Too Many Requests"),
            PrintifyErrorBody.Html => context.Response.AnswerTextAsync(429, "<html><body>Too Many Requests</body></html>", "text/html"),
            PrintifyErrorBody.Empty => context.Response.AnswerEmptyAsync(429),
            _ => WriteBusinessAsync(context, 429, 429, "Too Many Requests", "rate limit reached", knobs),
        };
    }
}
