using PodEngine.Operator.Telemetry;

namespace PodEngine.Operator.Hosting;

/// <summary>The operator's own HTTP: probes for the kubelet, metrics for Prometheus.</summary>
internal static class OperatorEndpoints
{
    /// <summary>Adds <c>/livez</c>, <c>/readyz</c> and <c>/metrics</c>.</summary>
    public static void MapOperator(this IEndpointRouteBuilder routes, OperatorRun run, PrometheusExposition metrics)
    {
        routes.MapGet("/livez", () => Probes.Answer(Probes.Dead(run.Cluster.All, ProbeLimits.Default)));
        routes.MapGet("/readyz", () => Probes.Answer(Probes.Unready(run.Cluster.All, ProbeLimits.Default)));
        routes.MapGet("/metrics", () => Results.Text(metrics.Write(), "text/plain; version=0.0.4; charset=utf-8"));
    }
}
