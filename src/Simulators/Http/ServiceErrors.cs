using PodEngine.Simulators.Claude;
using PodEngine.Simulators.Knobs;
using PodEngine.Simulators.Printify;
using PodEngine.Simulators.RunPod;

namespace PodEngine.Simulators.Http;

/// <summary>An error answer in the words of the service it comes from.</summary>
internal static class ServiceErrors
{
    public static Task WriteAsync(HttpContext context, string service, int status, string message, SimulatorKnobs? knobs = null)
    {
        knobs ??= new SimulatorKnobs();
        return service switch
        {
            "claude" => ClaudeErrors.WriteAsync(context, status, message, knobs.Claude),
            "printify" => PrintifyErrors.WriteAsync(context, status, message, knobs.Printify),
            "runpod" => RunPodErrors.WriteAsync(context, status, message, knobs.RunPod),
            _ => context.Response.AnswerTextAsync(status, $"{status}: {message}"),
        };
    }
}
