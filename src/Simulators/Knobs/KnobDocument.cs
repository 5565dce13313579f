using System.Text.Json;
using System.Text.Json.Nodes;

namespace PodEngine.Simulators.Knobs;

/// <summary>Knobs as JSON, and the merging of partial documents (RFC 7396; null sets a knob back to its default).</summary>
internal static class KnobDocument
{
    public static JsonObject Parse(string text) =>
        JsonNode.Parse(text) as JsonObject ?? throw new JsonException("the knobs must be a JSON object");

    public static JsonObject Write(SimulatorKnobs knobs) =>
        (JsonObject)JsonSerializer.SerializeToNode(knobs, SimulatorJson.Default.SimulatorKnobs)!;

    /// <exception cref="JsonException">A member is unknown or has a value of the wrong kind.</exception>
    public static SimulatorKnobs Merge(SimulatorKnobs current, JsonObject changes)
    {
        var document = Write(current);
        Merge(document, changes, Write(new SimulatorKnobs()));
        return document.Deserialize(SimulatorJson.Default.SimulatorKnobs)!;
    }

    private static void Merge(JsonObject target, JsonObject changes, JsonObject? defaults)
    {
        foreach (var (name, value) in changes)
        {
            if (value is JsonObject inner && target[name] is JsonObject existing)
            {
                Merge(existing, inner, defaults?[name] as JsonObject);
            }
            else
            {
                target[name] = (value ?? defaults?[name])?.DeepClone();
            }
        }
    }
}
