using System.Globalization;
using System.Text.Json.Nodes;
using PodEngine.Simulators.Http;
using PodEngine.Simulators.Knobs;

namespace PodEngine.Simulators.RunPod;

/// <summary>Error answers; their form is not specified, so it is a knob.</summary>
internal static class RunPodErrors
{
    public static Task WriteAsync(HttpContext context, int status, string message, RunPodKnobs knobs)
    {
        if (status == 429 && knobs.RetryAfterSeconds is { } seconds && context.Response.Headers.RetryAfter.Count == 0)
        {
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        return knobs.PlainTextErrors
            ? context.Response.AnswerTextAsync(status, message)
            : context.Response.AnswerJsonAsync(status, new JsonObject { ["error"] = message });
    }
}
