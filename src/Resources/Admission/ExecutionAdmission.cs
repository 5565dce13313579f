using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using PodEngine.Resources.GenerationModels;
using PodEngine.Resources.PodJobs;
using PodEngine.Shared.Faults;
using PodEngine.Shared.Jobs;

namespace PodEngine.Resources.Admission;

/// <summary>Resolves the model, endpoint and inputs of an execution.</summary>
internal static class ExecutionAdmission
{
    /// <summary>Most bytes of inputs, as compact JSON in UTF-8.</summary>
    internal const int MaxInputBytes = 32 * 1024;

    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>The resolved execution; null where faults were added.</summary>
    public static ExecutionWork? Admit(ExecutionSpec execution, string @namespace, AdmissionReferences references, List<AdmissionFault> faults)
    {
        var before = faults.Count;
        CheckModel(execution, @namespace, references, faults);
        var inputs = ResolveInputs(execution, references, faults);
        return faults.Count > before || references is not { Model: { } model, Endpoint: { } endpoint } || inputs is null ? null : new ExecutionWork
        {
            ModelName = execution.ModelName,
            ModelRevision = model.Metadata.Generation ?? 1,
            EndpointName = model.Spec.EndpointName,
            EndpointId = endpoint.Spec.EndpointId,
            EndpointBaseUrl = endpoint.Spec.BaseUrl,
            Inputs = inputs,
            Overrides = Overrides(model.Spec.ConfigOverrides),
            Consumer = execution.Consumer,
        };
    }

    private static void CheckModel(ExecutionSpec execution, string @namespace, AdmissionReferences references, List<AdmissionFault> faults)
    {
        const string field = "spec.execution.modelName";
        if (references.Model is not { } model)
        {
            faults.Add(new AdmissionFault(
                FaultCodes.ModelNotFound, field, $"there is no generation model '{execution.ModelName}' in namespace '{@namespace}'; create it, or apply the job with the name of another one"));
            return;
        }

        if (!model.Spec.Published)
        {
            faults.Add(new AdmissionFault(
                FaultCodes.ModelNotPublished, field, $"generation model '{execution.ModelName}' is not published; set its spec.published to true"));
        }

        // The provider's own id of an endpoint stays out of messages: callers of the API read them.
        if (references.Endpoint?.Spec.Active != true)
        {
            faults.Add(new AdmissionFault(FaultCodes.EndpointNotActive, field, references.Endpoint is null
                ? $"generation model '{execution.ModelName}' runs on inference endpoint '{model.Spec.EndpointName}', which does not exist; create it"
                : $"generation model '{execution.ModelName}' runs on inference endpoint '{model.Spec.EndpointName}', which is not active; set its spec.active to true"));
        }
    }

    private static JsonObject? ResolveInputs(ExecutionSpec execution, AdmissionReferences references, List<AdmissionFault> faults)
    {
        if (execution.InputsFrom is not { } source)
        {
            var inputs = execution.Inputs is null ? [] : (JsonObject)execution.Inputs.DeepClone();
            return IsSmall(Encoding.UTF8.GetByteCount(inputs.ToJsonString(Compact)), "spec.execution.inputs", faults) ? inputs : null;
        }

        if (references.Inputs?.Data?.GetValueOrDefault(source.Key) is not { } text)
        {
            faults.Add(new AdmissionFault(FaultCodes.InputsNotFound, "spec.execution.inputsFrom", references.Inputs is null
                ? $"there is no ConfigMap '{source.ConfigMapName}' to take the inputs from; create it with the key '{source.Key}'"
                : $"the ConfigMap '{source.ConfigMapName}' has no key '{source.Key}'; {Wording.List("it has", references.Inputs.Data?.Keys ?? [])}"));
            return null;
        }

        return IsSmall(Encoding.UTF8.GetByteCount(text), "spec.execution.inputsFrom", faults) ? Parse(text, source, faults) : null;
    }

    private static JsonObject? Parse(string text, InputsSource source, List<AdmissionFault> faults)
    {
        string reason;
        try
        {
            if (JsonNode.Parse(text, documentOptions: Strict) is JsonObject inputs)
            {
                return inputs;
            }

            reason = "it is JSON, but not an object";
        }
        catch (JsonException fault)
        {
            reason = fault.LineNumber is { } line ? $"line {line + 1} is not JSON" : "it names a field twice";
        }

        faults.Add(new AdmissionFault(
            FaultCodes.InputInvalid,
            "spec.execution.inputsFrom",
            $"the key '{source.Key}' of ConfigMap '{source.ConfigMapName}' must hold a JSON object of inputs: {reason}"));
        return null;
    }

    private static bool IsSmall(int bytes, string field, List<AdmissionFault> faults)
    {
        if (bytes > MaxInputBytes)
        {
            faults.Add(new AdmissionFault(
                FaultCodes.InputTooLarge, field, $"the inputs are {bytes} bytes as JSON and may be {MaxInputBytes}; put large data somewhere and pass its address"));
        }

        return bytes <= MaxInputBytes;
    }

    private static ModelOverrides Overrides(ConfigOverrides? overrides) => overrides is null ? new() : new()
    {
        DefaultInputs = (JsonObject?)overrides.DefaultInputs?.DeepClone(),
        LockedInputs = (JsonObject?)overrides.LockedInputs?.DeepClone(),
        HiddenFields = overrides.HiddenFields ?? [],
        PromptPrefix = overrides.PromptPrefix,
        PromptSuffix = overrides.PromptSuffix,
    };
}
