using PodEngine.Worker.Running;

namespace PodEngine.Worker.Hosting;

/// <summary>What the kubelet asks: <c>/livez</c> whether the process answers, <c>/readyz</c> whether it may be given work.</summary>
internal static class Probes
{
    public static void MapProbes(this WebApplication app, WorkerHost worker)
    {
        app.MapGet("/livez", () => Results.Text("ok"));
        app.MapGet("/readyz", () => worker.IsReady
            ? Results.Text("ok")
            : Results.Text("not ready: the store has not accepted a heartbeat of this worker within its lease, or the worker is stopping", statusCode: StatusCodes.Status503ServiceUnavailable));
    }
}
