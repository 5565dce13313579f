using PodEngine.Resources.InferenceEndpoints;

namespace PodEngine.Resources.Rules;

/// <summary>The rules of an InferenceEndpoint that a schema cannot state, as the API server evaluates them by CEL; older ones do not.</summary>
public static class InferenceEndpointRules
{
    /// <summary>Every rule that <paramref name="endpoint"/> breaks.</summary>
    public static IReadOnlyList<SpecFault> Check(InferenceEndpoint endpoint)
    {
        var check = new RuleCheck();
        var limits = endpoint.Spec.Limits;
        check.Require(
            limits.ExecutionTimeoutSeconds <= limits.TtlSeconds, "inferenceEndpoint.limits.order", "spec.limits.executionTimeoutSeconds");
        return check.Faults;
    }
}
