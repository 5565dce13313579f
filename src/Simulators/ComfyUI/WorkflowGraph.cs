using System.Text.Json.Nodes;
using PodEngine.Simulators.Http;

namespace PodEngine.Simulators.ComfyUI;

/// <summary>A workflow in API format: node id to class and inputs.</summary>
internal sealed class WorkflowGraph
{
    private readonly Dictionary<string, WorkflowNode> nodes;

    private WorkflowGraph(JsonObject json, Dictionary<string, WorkflowNode> nodes)
    {
        Json = json;
        this.nodes = nodes;
    }

    public JsonObject Json { get; }

    public IEnumerable<WorkflowNode> Nodes => nodes.Values;

    public WorkflowNode? Find(string? id) => id is null ? null : nodes.GetValueOrDefault(id);

    /// <summary>The node an input is linked to, and the place of the output there.</summary>
    public (WorkflowNode? Source, int Slot) Follow(WorkflowNode? node, string input) =>
        WorkflowNode.ReadLink(node?.Inputs[input]) is var (id, slot) ? (Find(id), slot) : (null, 0);

    /// <summary>Nodes whose outputs this node uses.</summary>
    public IEnumerable<WorkflowNode> Upstream(WorkflowNode node) =>
        node.Inputs.Select(input => WorkflowNode.ReadLink(input.Value)).Select(link => Find(link?.NodeId)).OfType<WorkflowNode>();

    /// <summary>The graph, or the id of a member that is not a node.</summary>
    public static (WorkflowGraph? Graph, string? BadId) Read(JsonObject json)
    {
        var nodes = new Dictionary<string, WorkflowNode>();
        foreach (var (id, value) in json)
        {
            if (value is not JsonObject node || node["class_type"].Text() is not { } type)
            {
                return (null, id);
            }

            nodes[id] = new WorkflowNode(id, type, node["_meta"]?["title"].Text(), node["inputs"] as JsonObject ?? []);
        }

        return (new WorkflowGraph(json, nodes), null);
    }
}
