using System.Globalization;
using System.Text.Json.Nodes;
using PodEngine.Simulators.Http;
using PodEngine.Simulators.Knobs;

namespace PodEngine.Simulators.Claude;

/// <summary>Error answers (https://platform.claude.com/docs/en/api/errors).</summary>
internal static class ClaudeErrors
{
    public static Task WriteAsync(HttpContext context, int status, string message, ClaudeKnobs knobs, JsonObject? details = null)
    {
        var requestId = RequestIdOf(context);
        if (status == 529 && knobs.OverloadedRetryAfterSeconds is { } seconds && context.Response.Headers.RetryAfter.Count == 0)
        {
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        return context.Response.AnswerJsonAsync(status, Body(TypeOf(status), message, requestId, details));
    }

    public static JsonObject Body(string type, string message, string requestId, JsonObject? details = null)
    {
        var error = new JsonObject { ["type"] = type, ["message"] = message };
        if (details is not null)
        {
            error["details"] = details;
        }

        return new JsonObject { ["type"] = "error", ["error"] = error, ["request_id"] = requestId };
    }

    /// <summary>The id of this request; the same in the header and in error bodies.</summary>
    public static string RequestIdOf(HttpContext context)
    {
        if (context.Response.Headers["request-id"] is [{ } known])
        {
            return known;
        }

        var id = $"req_{Guid.NewGuid():N}"[..28];
        context.Response.Headers["request-id"] = id;
        return id;
    }

    private static string TypeOf(int status) => status switch
    {
        401 => "authentication_error",
        402 => "billing_error",
        403 => "permission_error",
        404 => "not_found_error",
        409 => "conflict_error",
        413 => "request_too_large",
        429 => "rate_limit_error",
        504 => "timeout_error",
        529 => "overloaded_error",
        >= 500 => "api_error",
        _ => "invalid_request_error",
    };
}
