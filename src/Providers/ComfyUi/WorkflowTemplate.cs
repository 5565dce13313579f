using System.Text.Json;
using System.Text.Json.Nodes;
using PodEngine.Shared.Workflows;

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
public sealed class WorkflowTemplate
{
    private readonly WorkflowText _workflow;

    private WorkflowTemplate(WorkflowText workflow) => _workflow = workflow;

    /// <summary>The placeholders it uses, without braces.</summary>
    public IReadOnlySet<string> Placeholders => _workflow.Placeholders;

    /// <summary>Reads a template.</summary>
    /// <exception cref="WorkflowTemplateException">Not a workflow in API format, or an unknown placeholder; the message lists all faults.</exception>
    public static WorkflowTemplate Parse(string json) => WorkflowText.Read(json, out var faults) is { } workflow
        ? new(workflow)
        : throw new WorkflowTemplateException($"The workflow cannot be used: {string.Join("; ", faults)}.");

    /// <summary>The workflow with its placeholders filled; the template stays as it is.</summary>
    public JsonObject Fill(Drawing drawing) => (JsonObject)Fill(_workflow.Nodes, drawing)!;

    private static JsonNode? Fill(JsonNode? node, Drawing drawing) => node switch
    {
        JsonObject members => new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, Fill(member.Value, drawing)))),
        JsonArray items => new JsonArray([.. items.Select(item => Fill(item, drawing))]),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => FillText(value.GetValue<string>(), drawing),
        _ => node?.DeepClone(),
    };

    private static JsonValue FillText(string text, Drawing drawing) =>
        WorkflowText.Placeholder().Match(text) is { Success: true } match && match.Length == text.Length
            ? ValueOf(match.Groups[1].Value, drawing)
            : JsonValue.Create(WorkflowText.Placeholder().Replace(text, within => ValueOf(within.Groups[1].Value, drawing).ToString()));

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
}
