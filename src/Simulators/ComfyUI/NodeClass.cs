using System.Text.Json.Nodes;
using PodEngine.Simulators.Http;

namespace PodEngine.Simulators.ComfyUI;

/// <summary>A node class: its inputs, what it puts out, and whether running it leaves something behind.</summary>
internal sealed record NodeClass(string Name, IReadOnlyList<NodeInput> Inputs, IReadOnlyList<string> Outputs, bool IsOutput)
{
    public static NodeClass Read(string name, JsonObject json) => new(
        name,
        [.. Read(json, "required"), .. Read(json, "optional")],
        [.. json["output"].Texts()],
        json["output_node"].Flag() ?? false);

    private static IEnumerable<NodeInput> Read(JsonObject json, string kind) =>
        (json["input"]?[kind] as JsonObject ?? []).Select(pair => new NodeInput(pair.Key, kind == "required", (JsonArray)pair.Value!));
}
