using System.Text.Json.Nodes;
using PodEngine.Simulators.Http;

namespace PodEngine.Simulators.ComfyUI;

/// <summary>A node of a workflow.</summary>
internal sealed record WorkflowNode(string Id, string ClassType, string? Title, JsonObject Inputs)
{
    /// <summary>The link in an input, or null for a literal.</summary>
    public static (string NodeId, int Slot)? ReadLink(JsonNode? input) =>
        input is JsonArray { Count: 2 } link && link[0].Text() is { } id && link[1].Whole() is { } slot ? (id, (int)slot) : null;
}
