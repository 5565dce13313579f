using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace PodEngine.Shared.Workflows;

/// <summary>
/// A user's ComfyUI workflow in API format ("Save (API format)"), as it stands in a pool's workflow ConfigMap: checked when a job is admitted, and read
/// again when its pictures are drawn, by the same rules.
/// </summary>
public sealed partial class WorkflowText
{
    /// <summary>Longest workflow taken, in bytes of UTF-8: 256 KiB. It travels with every job that uses it.</summary>
    public const int MaxBytes = 256 * 1024;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private WorkflowText(JsonObject nodes, IReadOnlySet<string> placeholders) => (Nodes, Placeholders) = (nodes, placeholders);

    /// <summary>What may stand in double braces in a workflow's texts.</summary>
    public static IReadOnlyList<string> KnownPlaceholders { get; } = ["prompt", "negativePrompt", "seed", "width", "height", "steps", "cfg", "checkpoint"];

    /// <summary>The nodes by their ids, placeholders not filled.</summary>
    public JsonObject Nodes { get; }

    /// <summary>The placeholders it uses, without braces.</summary>
    public IReadOnlySet<string> Placeholders { get; }

    /// <summary>A placeholder; its first group is the name.</summary>
    [GeneratedRegex(@"\{\{\s*([A-Za-z]\w*)\s*\}\}")]
    public static partial Regex Placeholder();

    /// <summary>Reads a workflow; null with everything that is wrong with it.</summary>
    /// <param name="text">The workflow.</param>
    /// <param name="faults">Phrases with what to do; empty exactly where the workflow is returned.</param>
    public static WorkflowText? Read(string text, out IReadOnlyList<string> faults)
    {
        try
        {
            if (Encoding.UTF8.GetByteCount(text) is > MaxBytes and var bytes)
            {
                faults = [$"it has {bytes} bytes, and {MaxBytes} are the most; take out nodes the pictures do not need"];
                return null;
            }

            var nodes = JsonNode.Parse(text, documentOptions: Strict) as JsonObject;
            var used = new HashSet<string>(StringComparer.Ordinal);
            CollectPlaceholders(nodes, used);
            faults = Check(nodes, used);
            return faults.Count == 0 ? new WorkflowText(nodes!, used) : null;
        }
        catch (Exception invalid) when (invalid is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a text with half of a surrogate pair.
            faults = [$"it is not JSON: {invalid.Message}"];
            return null;
        }
    }

    private static List<string> Check(JsonObject? nodes, HashSet<string> used)
    {
        const string export = "export it with 'Save (API format)'";
        switch (nodes)
        {
            case null:
                return [$"it is no JSON object; {export}"];
            case { Count: 0 }:
                return [$"it has no nodes; {export}"];
            case var editor when editor["nodes"] is JsonArray:
                return [$"it is in the format of ComfyUI's editor; {export}"];
            default:
                break;
        }

        List<string> faults = [.. nodes.Where(node => !IsNode(node.Value)).Select(node => $"'{node.Key}' is no node (a node has class_type and inputs)")];
        string[] unknown = [.. used.Except(KnownPlaceholders).Order(StringComparer.Ordinal)];
        if (unknown.Length > 0)
        {
            faults.Add(
                $"{string.Join(" and ", unknown.Select(name => $"'{{{{{name}}}}}' is no placeholder"))} "
                + $"(there are {string.Join(", ", KnownPlaceholders.Select(name => $"{{{{{name}}}}}"))})");
        }

        return faults;
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
}
