using System.Text.Json.Nodes;

namespace PodEngine.Resources.Yaml;

/// <summary>One document of a YAML text.</summary>
/// <param name="Root">Its content as JSON.</param>
/// <param name="Line">Line of its first node, from 1.</param>
/// <param name="Lines">Line of every field by its path, such as <c>spec.env[0].name</c>.</param>
internal sealed record YamlDocument(JsonNode Root, int Line, IReadOnlyDictionary<string, int> Lines)
{
    /// <summary>The line of a field, or of the nearest field around it that is there.</summary>
    public int LineOf(string field)
    {
        for (var path = field; path.Length > 0; path = path[..Math.Max(path.LastIndexOfAny(['.', '[']), 0)])
        {
            if (Lines.TryGetValue(path, out var line))
            {
                return line;
            }
        }

        return Line;
    }
}
