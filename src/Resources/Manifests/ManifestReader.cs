using System.Text.Json.Nodes;
using PodEngine.Resources.Yaml;

namespace PodEngine.Resources.Manifests;

/// <summary>Reads manifests as <c>kubectl apply -f</c> does: YAML or JSON, several documents in one text, and lists of objects.</summary>
public static class ManifestReader
{
    /// <summary>Reads every document of <paramref name="text"/>; the valid ones are returned beside the faults of the others.</summary>
    /// <param name="text">The manifests.</param>
    /// <param name="sourceName">Where the text comes from, for messages: a file name as a rule.</param>
    public static ManifestReading ReadAll(string text, string sourceName)
    {
        IReadOnlyList<YamlDocument> documents;
        try
        {
            documents = YamlText.ReadAll(text);
        }
        catch (YamlTextException fault)
        {
            return new ManifestReading([], [new ManifestFault(sourceName, fault.Line, "", "", fault.Message)]);
        }

        var manifests = new List<Manifest>();
        var faults = new List<ManifestFault>();
        foreach (var document in documents)
        {
            foreach (var (json, path) in Objects(document.Root))
            {
                Read(json, path, document, sourceName, manifests, faults);
            }
        }

        return new ManifestReading(manifests, faults);
    }

    private static void Read(JsonNode? json, string path, YamlDocument document, string sourceName, List<Manifest> manifests, List<ManifestFault> faults)
    {
        var line = path.Length == 0 ? document.Line : document.LineOf(path);
        if (json is not JsonObject manifest)
        {
            faults.Add(new ManifestFault(sourceName, line, "", "", "a manifest is an object with apiVersion, kind, metadata and spec"));
            return;
        }

        var verdict = ManifestValidator.Validate(manifest);
        if (verdict.Resource is { } resource)
        {
            manifests.Add(new Manifest(resource, verdict.Manifest, sourceName, line));
        }

        faults.AddRange(verdict.Faults.Select(fault => new ManifestFault(
            sourceName, document.LineOf(path.Length == 0 ? fault.Field : $"{path}.{fault.Field}"), Subject(manifest), fault.Field, fault.Message)));
    }

    private static IEnumerable<(JsonNode? Json, string Path)> Objects(JsonNode root) =>
        root is JsonObject list && list["kind"]?.ToString() == "List" && list["items"] is JsonArray items
            ? items.Select(static (item, index) => (item, $"items[{index}]"))
            : [(root, "")];

    private static string Subject(JsonObject manifest) =>
        $"{manifest["kind"]} {(manifest["metadata"] as JsonObject)?["name"]}".Trim();
}
