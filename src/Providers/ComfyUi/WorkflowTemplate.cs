using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace PodEngine.Providers.ComfyUi;

/// <summary>
/// A user's workflow in API format ("Save (API format)" in ComfyUI) with placeholders in its texts: <c>{{prompt}}</c>,
/// <c>{{negativePrompt}}</c>, <c>{{seed}}</c>, <c>{{width}}</c>, <c>{{height}}</c>, <c>{{steps}}</c>, <c>{{cfg}}</c>, <c>{{checkpoint}}</c>.
/// </summary>
/// <remarks>
/// A text that is one placeholder and nothing else becomes the value itself, a number where the value is one (<c>"seed": "{{seed}}"</c>
/// becomes <c>"seed": 42</c>); within a longer text the value is written out. Values never become anything but a value: quotes or braces
/// in a prompt stay part of it.
/// </remarks>
public sealed partial class WorkflowTemplate
{
    private static readonly string[] Known = ["prompt", "negativePrompt", "seed", "width", "height", "steps", "cfg", "checkpoint"];

    private readonly JsonObject _workflow;

    private WorkflowTemplate(JsonObject workflow, IReadOnlySet<string> placeholders)
    {
        _workflow = workflow;
        Placeholders = placeholders;
    }

    /// <summary>The placeholders it uses, without braces.</summary>
    public IReadOnlySet<string> Placeholders { get; }

    /// <summary>Reads a template.</summary>
    /// <exception cref="WorkflowTemplateException">Not a workflow in API format, or an unknown placeholder; the message lists all faults.</exception>
    public static WorkflowTemplate Parse(string json)
    {
        var workflow = ReadObject(json);
        List<string> faults = [.. workflow.Where(node => !IsNode(node.Value)).Select(node => $"'{node.Key}' is no node (a node has class_type and inputs)")];
        var used = new HashSet<string>(StringComparer.Ordinal);
        CollectPlaceholders(workflow, used);
        faults.AddRange(used.Except(Known).Order(StringComparer.Ordinal).Select(name => $"'{{{{{name}}}}}' is no placeholder"));
        return faults.Count == 0
            ? new(workflow, used)
            : throw new WorkflowTemplateException($"The workflow cannot be used: {string.Join("; ", faults)}. Placeholders are {string.Join(", ", Known.Select(name => $"{{{{{name}}}}}"))}.");
    }

    /// <summary>The workflow with its placeholders filled; the template stays as it is.</summary>
    public JsonObject Fill(Drawing drawing) => (JsonObject)Fill(_workflow, drawing)!;

    private static JsonObject ReadObject(string json)
    {
        try
        {
            var workflow = JsonNode.Parse(json) as JsonObject ?? throw new WorkflowTemplateException("The workflow is no JSON object.");
            if (workflow["nodes"] is JsonArray)
            {
                throw new WorkflowTemplateException("The workflow is in the format of ComfyUI's editor. Export it with 'Save (API format)'.");
            }

            return workflow.Count > 0 ? workflow : throw new WorkflowTemplateException("The workflow has no nodes.");
        }
        catch (Exception invalid) when (invalid is JsonException or ArgumentException)
        {
            throw new WorkflowTemplateException($"The workflow is not JSON: {invalid.Message}");
        }
    }

    private static bool IsNode(JsonNode? node) =>
        node is JsonObject members
        && members["class_type"] is JsonValue type && type.GetValueKind() == JsonValueKind.String
        && members["inputs"] is JsonObject;

    private static void CollectPlaceholders(JsonNode? node, HashSet<string> names)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var member in members)
                {
                    CollectPlaceholders(member.Value, names);
                }

                break;
            case JsonArray items:
                foreach (var item in items)
                {
                    CollectPlaceholders(item, names);
                }

                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                names.UnionWith(Placeholder().Matches(value.GetValue<string>()).Select(match => match.Groups[1].Value));
                break;
            default:
                break;
        }
    }

    private static JsonNode? Fill(JsonNode? node, Drawing drawing) => node switch
    {
        JsonObject members => new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, Fill(member.Value, drawing)))),
        JsonArray items => new JsonArray([.. items.Select(item => Fill(item, drawing))]),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => FillText(value.GetValue<string>(), drawing),
        _ => node?.DeepClone(),
    };

    private static JsonValue FillText(string text, Drawing drawing) =>
        Placeholder().Match(text) is { Success: true } match && match.Length == text.Length
            ? ValueOf(match.Groups[1].Value, drawing)
            : JsonValue.Create(Placeholder().Replace(text, within => ValueOf(within.Groups[1].Value, drawing).ToString()));

    private static JsonValue ValueOf(string name, Drawing drawing) => name switch
    {
        "prompt" => JsonValue.Create(drawing.Prompt),
        "negativePrompt" => JsonValue.Create(drawing.NegativePrompt ?? ""),
        "seed" => JsonValue.Create(drawing.Seed),
        "width" => JsonValue.Create(drawing.Width),
        "height" => JsonValue.Create(drawing.Height),
        "steps" => JsonValue.Create(drawing.Steps),
        "cfg" => JsonValue.Create(drawing.Cfg),
        "checkpoint" => JsonValue.Create(drawing.Checkpoint ?? SdxlWorkflow.DefaultCheckpoint),
        _ => throw new System.Diagnostics.UnreachableException(name),
    };

    [GeneratedRegex(@"\{\{\s*([A-Za-z]\w*)\s*\}\}")]
    private static partial Regex Placeholder();
}
