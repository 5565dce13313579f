using System.Text.Json.Nodes;
using PodEngine.Kit;
using PodEngine.Resources.Yaml;

namespace PodEngine.Resources.Tests;

/// <summary>
/// A file of <c>Corpus</c> (refused) or <c>Valid</c> (accepted): one document to create, or two, the stored object and its successor. The header of a
/// refused one names the field and, where a rule is meant, its message.
/// </summary>
internal sealed class ManifestFile
{
    private readonly string[] _lines;

    private ManifestFile(string path)
    {
        Name = Path.GetFileNameWithoutExtension(path);
        _lines = File.ReadAllLines(path);
        Documents = [.. YamlText.ReadAll(string.Join('\n', _lines)).Select(each => (JsonObject)each.Root)];
    }

    public static IReadOnlyList<ManifestFile> Corpus { get; } = Load("Corpus");

    public static IReadOnlyList<ManifestFile> Valid { get; } = Load("Valid");

    public static IReadOnlyList<ManifestFile> Samples { get; } =
        [.. Directory.GetFiles(RepositoryRoot.File("config", "samples"), "*.yaml").Order(StringComparer.Ordinal).Select(path => new ManifestFile(path))];

    public string Name { get; }

    public IReadOnlyList<JsonObject> Documents { get; }

    public JsonObject? Old => Documents.Count == 2 ? Documents[0] : null;

    public JsonObject New => Documents[^1];

    public string Field => Header("field") ?? throw new InvalidDataException($"{Name} names no field");

    public string? Message => Header("message");

    public string Kind => (string)New["kind"]!;

    public override string ToString() => Name;

    private string? Header(string key) =>
        _lines.TakeWhile(line => line.StartsWith('#')).FirstOrDefault(line => line.StartsWith($"# {key}: ", StringComparison.Ordinal))?[(key.Length + 4)..];

    private static ManifestFile[] Load(string folder) =>
        [.. Directory.GetFiles(RepositoryRoot.File("tests", "Resources.Tests", folder), "*.yaml").Order(StringComparer.Ordinal).Select(path => new ManifestFile(path))];
}
