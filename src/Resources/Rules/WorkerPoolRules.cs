using PodEngine.Kubernetes.Objects.Core;
using PodEngine.Resources.WorkerPools;

namespace PodEngine.Resources.Rules;

/// <summary>The rules of a WorkerPool that a schema cannot state, as the API server evaluates them by CEL; older ones do not.</summary>
public static class WorkerPoolRules
{
    /// <summary>Every rule that <paramref name="pool"/> breaks, and, where it replaces <paramref name="old"/>, every change that is not allowed.</summary>
    public static IReadOnlyList<SpecFault> Check(WorkerPool pool, WorkerPool? old = null)
    {
        var check = new RuleCheck();
        var spec = pool.Spec;
        if (spec.Autoscaling is { } autoscaling)
        {
            check.Require(autoscaling.MinReplicas <= autoscaling.MaxReplicas, "workerPool.autoscaling.order", "spec.autoscaling.minReplicas");
            check.Require(old?.Spec.Autoscaling is null || spec.Replicas == old.Spec.Replicas, "workerPool.replicasOwned", "spec.replicas");
        }

        Each(spec.Tolerations, "spec.tolerations", (toleration, field) => CheckToleration(check, toleration, field));
        Each(spec.Env, "spec.env", (variable, field) => CheckVariable(check, variable, field));
        Each(spec.EnvFrom, "spec.envFrom", (source, field) => check.Require(
            source.SecretRef is null != source.ConfigMapRef is null, "workerPool.envFrom.oneReference", field));
        CheckProviders(check, spec.Providers);
        return check.Faults;
    }

    private static void CheckToleration(RuleCheck check, Toleration toleration, string field)
    {
        var exists = toleration.Operator == "Exists";
        check.Require(string.IsNullOrEmpty(toleration.Value) || !exists, "workerPool.toleration.valueOfExists", $"{field}.value");
        check.Require(!string.IsNullOrEmpty(toleration.Key) || exists, "workerPool.toleration.keyless", $"{field}.operator");
        check.Require(
            toleration.TolerationSeconds is null || toleration.Effect == "NoExecute", "workerPool.toleration.seconds", $"{field}.tolerationSeconds");
    }

    private static void CheckVariable(RuleCheck check, EnvVar variable, string field)
    {
        check.Require(variable.Value is null || variable.ValueFrom is null, "workerPool.env.oneValue", $"{field}.valueFrom");
        if (variable.ValueFrom is { } source)
        {
            check.Require(source.SecretKeyRef is null != source.ConfigMapKeyRef is null, "workerPool.env.oneReference", $"{field}.valueFrom");
        }
    }

    private static void CheckProviders(RuleCheck check, ProvidersSpec providers)
    {
        check.Require(providers.ComfyUI is null || providers.RunPod is null, "workerPool.providers.oneBackend", "spec.providers.runPod");
        check.Require(
            providers.Storage.S3 is null || providers.Storage.Filesystem is null, "workerPool.storage.onePlace", "spec.providers.storage.filesystem");
        check.Require(
            providers.Printify?.ShopId is null || providers.Platforms?.Any(static each => each.Name == PrintifySpec.PlatformName) != true,
            "workerPool.providers.printifyReserved",
            "spec.providers.platforms");
    }

    private static void Each<T>(IReadOnlyList<T>? items, string field, Action<T, string> check)
    {
        for (var index = 0; index < (items?.Count ?? 0); index++)
        {
            check(items![index], $"{field}[{index}]");
        }
    }
}
