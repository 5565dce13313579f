using System.Text.Json.Nodes;
using PodEngine.Resources.Yaml;

namespace PodEngine.Resources.Schema;

/// <summary>The schemas of the custom resources, read from the very definitions that are installed in clusters (<c>config/crds</c>).</summary>
public static class CustomResourceSchemas
{
    private const string Folder = "crds/";

    private static readonly Lazy<Dictionary<string, SchemaNode>> Schemas = new(static () =>
        Definitions!.Values.Select(Read).ToDictionary(static each => each.Kind, static each => each.Schema, StringComparer.Ordinal));

    /// <summary>The custom resource definitions as YAML, by file name.</summary>
    public static IReadOnlyDictionary<string, string> Definitions { get; } = Load();

    /// <summary>The schemas by kind.</summary>
    internal static IReadOnlyDictionary<string, SchemaNode> ByKind => Schemas.Value;

    private static (string Kind, SchemaNode Schema) Read(string definition)
    {
        var spec = YamlText.ReadAll(definition).Single().Root["spec"]!;
        return (spec["names"]!["kind"]!.GetValue<string>(), SchemaReader.Read((JsonObject)spec["versions"]![0]!["schema"]!["openAPIV3Schema"]!));
    }

    private static SortedDictionary<string, string> Load()
    {
        var assembly = typeof(CustomResourceSchemas).Assembly;
        var definitions = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in assembly.GetManifestResourceNames().Where(static each => each.StartsWith(Folder, StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            definitions[name[Folder.Length..]] = reader.ReadToEnd();
        }

        return definitions;
    }
}
