using System.Text.Json.Nodes;

namespace PodEngine.Simulators.ComfyUI;

/// <summary>
/// What <c>validate_prompt</c> of ComfyUI's <c>execution.py</c> says of a workflow. A prompt with one good output is accepted, and the
/// faults of the others stand in <see cref="NodeErrors"/>.
/// </summary>
internal sealed record PromptValidation(JsonObject? Error, JsonNode NodeErrors, WorkflowGraph? Graph, IReadOnlyList<string> Outputs)
{
    public static PromptValidation Of(JsonObject prompt, NodeCatalogue catalogue, ComfyBuild build)
    {
        var (graph, badId) = WorkflowGraph.Read(prompt);
        if (graph is null)
        {
            return Refuse("invalid_prompt", "Cannot execute because a node is missing the class_type property.", $"Node ID '#{badId}'", [], build);
        }

        if (graph.Nodes.FirstOrDefault(node => catalogue.Find(node.ClassType) is null) is { } unknown)
        {
            return RefuseClass(unknown, build);
        }

        var outputs = graph.Nodes.Where(node => catalogue.Find(node.ClassType)!.IsOutput).ToList();
        if (outputs.Count == 0)
        {
            return Refuse("prompt_no_outputs", "Prompt has no outputs", "", [], build);
        }

        var check = new GraphCheck(graph, catalogue, build);
        var good = outputs.Where(output => check.IsSound(output)).Select(output => output.Id).ToList();
        var nodeErrors = check.Write(graph);
        return good.Count > 0
            ? new PromptValidation(null, nodeErrors, graph, good)
            : new PromptValidation(Describe("prompt_outputs_failed_validation", "Prompt outputs failed validation", check.Details(), []), nodeErrors, null, []);
    }

    public static JsonObject Describe(string type, string message, string details, JsonObject extraInfo) => new()
    {
        ["type"] = type,
        ["message"] = message,
        ["details"] = details,
        ["extra_info"] = extraInfo,
    };

    /// <summary>Empty <c>node_errors</c>: an object in new builds, an array in old ones.</summary>
    public static JsonNode NoNodeErrors(ComfyBuild build) => build == ComfyBuild.New ? new JsonObject() : new JsonArray();

    private static PromptValidation RefuseClass(WorkflowNode node, ComfyBuild build) => build == ComfyBuild.Old
        ? Refuse("invalid_prompt", $"Cannot execute because node {node.ClassType} does not exist.", $"Node ID '#{node.Id}'", [], build)
        : Refuse(
            "missing_node_type",
            $"Node '{node.Title ?? node.ClassType}' not found. The custom node may not be installed.",
            $"Node ID '#{node.Id}'",
            new JsonObject { ["node_id"] = node.Id, ["class_type"] = node.ClassType, ["node_title"] = node.Title ?? node.ClassType },
            build);

    private static PromptValidation Refuse(string type, string message, string details, JsonObject extraInfo, ComfyBuild build) =>
        new(Describe(type, message, details, extraInfo), NoNodeErrors(build), null, []);
}
