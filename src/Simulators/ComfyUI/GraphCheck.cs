using System.Text.Json.Nodes;
using PodEngine.Simulators.Http;

namespace PodEngine.Simulators.ComfyUI;

/// <summary>Checks nodes from the outputs upwards, each once, and keeps their faults.</summary>
internal sealed class GraphCheck(WorkflowGraph graph, NodeCatalogue catalogue, ComfyBuild build)
{
    private readonly Dictionary<string, bool> sound = [];
    private readonly Dictionary<string, List<JsonObject>> faults = [];
    private readonly Dictionary<string, List<string>> dependents = [];
    private readonly HashSet<string> path = [];

    public bool IsSound(WorkflowNode output)
    {
        var before = faults.Keys.ToHashSet();
        var isSound = Check(output);
        if (!isSound)
        {
            foreach (var id in faults.Keys.Where(id => !before.Contains(id) || Uses(output, id, [])))
            {
                (dependents.TryGetValue(id, out var list) ? list : dependents[id] = []).Add(output.Id);
            }
        }

        return isSound;
    }

    public string Details() => string.Join('\n', faults.Values.SelectMany(list => list).Select(fault => $"{fault["message"]}: {fault["details"]}"));

    public JsonObject Write(WorkflowGraph source)
    {
        var document = new JsonObject();
        foreach (var (id, list) in faults)
        {
            document[id] = new JsonObject
            {
                ["errors"] = list.Select(fault => (JsonNode?)fault).ToJsonArray(),
                ["dependent_outputs"] = dependents.GetValueOrDefault(id, []).ToTextArray(),
                ["class_type"] = source.Find(id)!.ClassType,
            };
        }

        return document;
    }

    private bool Check(WorkflowNode node)
    {
        if (sound.TryGetValue(node.Id, out var known))
        {
            return known;
        }

        if (!path.Add(node.Id))
        {
            Add(node, PromptValidation.Describe(
                build == ComfyBuild.New ? "dependency_cycle" : "exception_during_validation", "Dependency cycle detected", node.Id, []));
            return false;
        }

        var isSound = true;
        foreach (var input in catalogue.Find(node.ClassType)!.Inputs)
        {
            isSound &= CheckInput(node, input);
        }

        path.Remove(node.Id);
        isSound &= !faults.ContainsKey(node.Id);
        sound[node.Id] = isSound;
        return isSound;
    }

    private bool CheckInput(WorkflowNode node, NodeInput input)
    {
        if (!node.Inputs.TryGetPropertyValue(input.Name, out var value))
        {
            return !input.IsRequired || Add(node, input.Missing());
        }

        if (value is not JsonArray)
        {
            return input.Check(value) is not { } fault || Add(node, fault);
        }

        if (WorkflowNode.ReadLink(value) is not var (id, slot))
        {
            return Add(node, input.Fault("bad_linked_input", "Bad linked input, must be a length-2 list of [node_id, slot_index]", input.Name, value));
        }

        if (graph.Find(id) is not { } source || slot < 0 || slot >= catalogue.Find(source.ClassType)!.Outputs.Count)
        {
            return Add(node, input.Fault("exception_during_inner_validation", "Exception when validating inner node", $"'{id}'", value));
        }

        var type = catalogue.Find(source.ClassType)!.Outputs[slot];
        if (type != input.Type && input.Type != "*")
        {
            var mismatch = input.Fault(
                "return_type_mismatch",
                "Return type mismatch between linked nodes",
                $"{input.Name}, received_type({type}) mismatch input_type({input.Type})",
                value);
            mismatch["extra_info"]!["linked_node"] = value.DeepClone();
            return Add(node, mismatch);
        }

        return Check(source);
    }

    private bool Add(WorkflowNode node, JsonObject fault)
    {
        (faults.TryGetValue(node.Id, out var list) ? list : faults[node.Id] = []).Add(fault);
        return false;
    }

    private bool Uses(WorkflowNode node, string id, HashSet<string> seen) =>
        node.Id == id || (seen.Add(node.Id) && graph.Upstream(node).Any(source => Uses(source, id, seen)));
}
