using System.Text.Json;
using System.Text.Json.Nodes;
using PodEngine.Resources.GenerationModels;

namespace PodEngine.Operator.GenerationModels;

/// <summary>What can be told of a model's input schema and overrides without running it. Pure.</summary>
internal static class ModelChecks
{
    private const string Prompt = "prompt";

    /// <summary>Faults of the schema: inputs are an object with named fields, so that is what the schema must describe.</summary>
    public static IReadOnlyList<string> SchemaFaults(JsonObject schema)
    {
        List<string> faults = [];
        if (Text(schema["type"]) != "object")
        {
            faults.Add("spec.inputSchema.type must be \"object\", because inputs are named");
        }

        switch (schema["properties"])
        {
            case JsonObject properties:
                faults.AddRange(properties
                    .Where(static property => property.Value is not JsonObject && property.Value?.GetValueKind() is not (JsonValueKind.True or JsonValueKind.False))
                    .Select(static property => $"spec.inputSchema.properties.{property.Key} must be a schema"));
                break;
            case null:
                faults.Add("spec.inputSchema.properties is missing; name the fields the model takes");
                break;
            default:
                faults.Add("spec.inputSchema.properties must be an object of schemas");
                break;
        }

        if (schema["required"] is { } required && (required is not JsonArray names || names.Any(static name => Text(name) is null)))
        {
            faults.Add("spec.inputSchema.required must be a list of field names");
        }

        return faults;
    }

    /// <summary>Faults of the overrides: fields the schema does not name would be refused at every run, a prompt's wrapping needs a prompt.</summary>
    public static IReadOnlyList<string> OverrideFaults(JsonObject schema, ConfigOverrides? overrides)
    {
        if (overrides is null || schema["properties"] is not JsonObject properties)
        {
            return [];
        }

        List<string> faults =
        [
            .. Unknown("defaultInputs", overrides.DefaultInputs?.Select(static input => input.Key), properties),
            .. Unknown("lockedInputs", overrides.LockedInputs?.Select(static input => input.Key), properties),
            .. Unknown("hiddenFields", overrides.HiddenFields, properties),
        ];
        if ((overrides.PromptPrefix ?? overrides.PromptSuffix) is not null && !properties.ContainsKey(Prompt))
        {
            faults.Add("spec.configOverrides.promptPrefix and promptSuffix need an input 'prompt', which spec.inputSchema does not name");
        }

        return faults;
    }

    private static IEnumerable<string> Unknown(string where, IEnumerable<string>? fields, JsonObject properties) => (fields ?? [])
        .Where(field => !properties.ContainsKey(field))
        .Select(field => $"spec.configOverrides.{where} names '{field}', which spec.inputSchema does not");

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
