namespace PodEngine.Resources.Yaml;

/// <summary>A text is not YAML, or more of it than a manifest may be.</summary>
internal sealed class YamlTextException(int line, string message) : Exception(message)
{
    /// <summary>Where, from 1.</summary>
    public int Line { get; } = line;
}
