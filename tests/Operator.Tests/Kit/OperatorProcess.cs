using PodEngine.Kit.Processes;

namespace PodEngine.Operator.Tests.Kit;

/// <summary>The operator as a process of its own, for the namespace and the database of a world.</summary>
internal static class OperatorProcess
{
    /// <summary>Starts one; further variables go before those of the world.</summary>
    public static Task<ChildProcess> StartAsync(OperatorWorld world, params (string Name, string? Value)[] further)
    {
        var environment = new Dictionary<string, string?>
        {
            ["DATABASE_URL"] = world.Database.Uri,
            ["KUBECONFIG"] = world.Plane.KubeconfigPath,
            ["WATCH_NAMESPACE"] = world.Namespace,
            ["POD_NAMESPACE"] = world.Namespace,
            ["INSTALLATION_ID"] = world.InstallationId.ToString(),
            ["PODENGINE_METRICS_URL"] = "http://127.0.0.1:0",
            ["PODENGINE_PROBES_URL"] = "http://127.0.0.1:0",
        };
        foreach (var (name, value) in further)
        {
            environment[name] = value;
        }

        return ChildProcess.StartProductAsync("Operator", [], environment);
    }
}
