using System.Text.Json.Nodes;
using PodEngine.Simulators.Http;
using PodEngine.Simulators.Pictures;

namespace PodEngine.Simulators.ComfyUI;

/// <summary>What running a workflow means: nodes in the order of their dependencies, and the pictures of each output node.</summary>
internal sealed class WorkflowPlan
{
    private const int MaxDepth = 64;

    private readonly WorkflowGraph graph;

    public WorkflowPlan(WorkflowGraph graph, IEnumerable<string> outputs)
    {
        this.graph = graph;
        var order = new List<WorkflowNode>();
        foreach (var output in outputs)
        {
            Visit(graph.Find(output)!, order);
        }

        Order = order;
    }

    public IReadOnlyList<WorkflowNode> Order { get; }

    /// <summary>Text and seed of the first picture, for the ledger.</summary>
    public (string Text, ulong Seed) Subject =>
        Order.Select(DrawingsOf).FirstOrDefault(drawings => drawings.Count > 0) is [var first, ..] ? (first.Text, first.Seed) : ("", 0);

    public static bool IsSampler(WorkflowNode node) => node.Inputs.ContainsKey("steps") && (node.Inputs.ContainsKey("seed") || node.Inputs.ContainsKey("noise_seed"));

    /// <summary>Text by which a run is recognised as done before: the class and inputs of the node and of all nodes above it.</summary>
    public string SignatureOf(WorkflowNode node, int depth = 0)
    {
        if (depth > MaxDepth)
        {
            return node.Id;
        }

        var inputs = node.Inputs.OrderBy(input => input.Key, StringComparer.Ordinal).Select(input =>
            WorkflowNode.ReadLink(input.Value) is var (id, slot) && graph.Find(id) is { } source
                ? $"{input.Key}=<{SignatureOf(source, depth + 1)}:{slot}>"
                : $"{input.Key}={input.Value?.ToJsonString()}");
        return $"{node.ClassType}({string.Join(',', inputs)})";
    }

    /// <summary>The pictures an output node leaves; empty for other nodes.</summary>
    public IReadOnlyList<Drawing> DrawingsOf(WorkflowNode node)
    {
        if (node.ClassType is not ("SaveImage" or "PreviewImage"))
        {
            return [];
        }

        var sources = Ancestors(graph.Follow(node, "images").Source).ToList();
        var sampler = sources.Find(IsSampler);
        var sized = sources.Find(source => source.Inputs["width"].Whole() is not null);
        var latent = sources.Find(source => source.Inputs["batch_size"].Whole() is not null);
        var seed = ReadSeed(sampler?.Inputs["seed"] ?? sampler?.Inputs["noise_seed"]);
        var text = sampler is null ? SignatureOf(node) : TextOf(graph.Follow(sampler, "positive").Source);
        var width = (int)(sized?.Inputs["width"].Whole() ?? 512);
        var height = (int)(sized?.Inputs["height"].Whole() ?? 512);
        return [.. Enumerable.Range(0, (int)(latent?.Inputs["batch_size"].Whole() ?? 1)).Select(index => new Drawing(seed, text, width, height, index))];
    }

    private static ulong ReadSeed(JsonNode? seed) =>
        seed is JsonValue value && value.TryGetValue<ulong>(out var number) ? number : 0;

    private string TextOf(WorkflowNode? node) => string.Join(
        '\n', Ancestors(node).Select(source => source.Inputs["text"].Text()).OfType<string>());

    private IEnumerable<WorkflowNode> Ancestors(WorkflowNode? node)
    {
        var seen = new HashSet<string>();
        var queue = new Queue<WorkflowNode>(node is null ? [] : [node]);
        while (queue.TryDequeue(out var next))
        {
            if (!seen.Add(next.Id))
            {
                continue;
            }

            yield return next;
            foreach (var source in graph.Upstream(next))
            {
                queue.Enqueue(source);
            }
        }
    }

    private void Visit(WorkflowNode node, List<WorkflowNode> order)
    {
        if (order.Contains(node))
        {
            return;
        }

        foreach (var source in graph.Upstream(node))
        {
            Visit(source, order);
        }

        order.Add(node);
    }
}
