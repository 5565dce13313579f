using System.Text.Json.Nodes;

namespace PodEngine.Simulators.Tests;

/// <summary>An HTTP answer, read to its end.</summary>
public sealed record Answer(int Status, string Text, string? ContentType, IReadOnlyDictionary<string, string> Headers)
{
    public JsonNode Json => JsonNode.Parse(Text)!;

    public JsonNode? this[string member] => Json[member];
}
