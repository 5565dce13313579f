using PodEngine.Simulators.Claude;
using PodEngine.Simulators.ComfyUI;
using PodEngine.Simulators.Faults;
using PodEngine.Simulators.Http;
using PodEngine.Simulators.Printify;
using PodEngine.Simulators.RunPod;

namespace PodEngine.Simulators.Control;

/// <summary>Puts the pipeline together: faults first, then the services' own checks, then their routes.</summary>
internal static class SimulatorRoutes
{
    public static void Map(WebApplication application, Simulation simulation)
    {
        application.Use(next => new FaultGate(simulation, next).InvokeAsync);
        application.Use(next => new OriginCheck(next).InvokeAsync);
        application.Use(next => async context =>
        {
            if (!PrintifyRoutes.IsGuarded(context.Request.Path) || await simulation.Printify.Limits.PassAsync(context))
            {
                await next(context);
            }
        });
        application.UseWebSockets();
        application.UseRouting();
        application.MapGet("/healthz", context => context.Response.AnswerTextAsync(200, "ok"));
        new ControlRoutes(simulation).MapOn(application.MapGroup("/simulator"));
        ClaudeRoutes.Map(application.MapGroup("/claude"), simulation.Claude);
        foreach (var server in simulation.ComfyServers)
        {
            ComfyRoutes.Map(application, server);
        }

        RunPodRoutes.Map(application.MapGroup("/runpod"), simulation.RunPod);
        PrintifyRoutes.Map(application.MapGroup("/printify"), simulation.Printify);
    }
}
