using PodEngine.Kubernetes.Objects;
using PodEngine.Operator.Statuses;
using PodEngine.Resources.GenerationModels;
using PodEngine.Resources.InferenceEndpoints;
using PodEngine.Resources.Rules;

namespace PodEngine.Operator.GenerationModels;

/// <summary>The status of a GenerationModel from its spec and its endpoint. Pure.</summary>
internal static class GenerationModelStatusProjection
{
    /// <summary>The status; <paramref name="endpoint"/> is null where it does not exist.</summary>
    public static GenerationModelStatus Project(GenerationModel model, InferenceEndpoint? endpoint, DateTimeOffset now)
    {
        var schemaFaults = ModelChecks.SchemaFaults(model.Spec.InputSchema);
        var overrideFaults = ModelChecks.OverrideFaults(model.Spec.InputSchema, model.Spec.ConfigOverrides);
        var isEndpointSound = endpoint is null || InferenceEndpointRules.Check(endpoint).Count == 0;
        var isEndpointReady = endpoint?.Spec.Active == true && isEndpointSound;
        var isReady = schemaFaults.Count == 0 && overrideFaults.Count == 0 && isEndpointReady;
        var endpointReason = endpoint is null ? "EndpointNotFound" : isEndpointReady ? "EndpointReady" : isEndpointSound ? "EndpointNotActive" : "EndpointInvalid";
        return new GenerationModelStatus
        {
            ObservedGeneration = model.Metadata.Generation,
            Conditions = new ConditionList(model.Status?.Conditions, model.Metadata.Generation ?? 0, now)
                .With(
                    "Ready", ConditionStatus.Of(isReady),
                    isReady ? model.Spec.Published ? "Published" : "NotPublished"
                        : schemaFaults.Count > 0 ? "SchemaInvalid" : overrideFaults.Count > 0 ? "OverridesInvalid" : endpointReason,
                    !isReady ? "The other conditions say what is missing."
                        : model.Spec.Published ? "Jobs may run the model." : "The model is sound; jobs may run it once spec.published is true.")
                .With(
                    "SchemaValid", ConditionStatus.Of(schemaFaults.Count == 0), schemaFaults.Count == 0 ? "SchemaValid" : "SchemaInvalid",
                    schemaFaults.Count == 0 ? "The input schema names the fields of an object." : string.Join("; ", schemaFaults))
                .With(
                    "OverridesValid", ConditionStatus.Of(overrideFaults.Count == 0), overrideFaults.Count == 0 ? "OverridesValid" : "OverridesInvalid",
                    overrideFaults.Count == 0 ? "Defaults, locks and hidden fields fit the input schema." : string.Join("; ", overrideFaults))
                .With(
                    "EndpointReady", ConditionStatus.Of(isEndpointReady), endpointReason,
                    isEndpointReady ? $"InferenceEndpoint '{model.Spec.EndpointName}' is active." : endpoint is null
                        ? $"There is no InferenceEndpoint '{model.Spec.EndpointName}' in this namespace; create it."
                        : isEndpointSound ? $"InferenceEndpoint '{model.Spec.EndpointName}' has spec.active false."
                        : $"The spec of InferenceEndpoint '{model.Spec.EndpointName}' breaks its rules; its condition Ready says which.")
                .ToList(),
        };
    }
}
