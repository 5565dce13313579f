using System.Text;

namespace PodEngine.Kubernetes.Client.Credentials;

/// <summary>PEM text that stands in the configuration or in a file; a file is read anew for each connection, so that rotation needs no restart.</summary>
internal sealed class PemSource
{
    private readonly string? text;
    private readonly string? path;
    private readonly string description;

    private PemSource(string? text, string? path, string description) => (this.text, this.path, this.description) = (text, path, description);

    /// <summary>A source over inline base64 or else a file; null where neither is given.</summary>
    public static PemSource? From(string? base64, string? path, string configPath, string description)
    {
        if (!string.IsNullOrEmpty(base64))
        {
            try
            {
                return new PemSource(Encoding.ASCII.GetString(Convert.FromBase64String(base64)), null, $"the {description} in {configPath}");
            }
            catch (FormatException fault)
            {
                throw new KubeConfigException($"The {description} in {configPath} is not base64.", fault);
            }
        }

        return Resolve(path, configPath) is { } file ? OfFile(file, description) : null;
    }

    /// <summary>A source over a file.</summary>
    public static PemSource OfFile(string path, string description) => new(null, path, $"the {description} ({path})");

    /// <summary>A path of a configuration file, relative to that file.</summary>
    public static string? Resolve(string? path, string configPath) =>
        string.IsNullOrEmpty(path) ? null : Path.Combine(Path.GetDirectoryName(Path.GetFullPath(configPath)) ?? "", path);

    /// <summary>The text as it is now.</summary>
    /// <exception cref="KubeConfigException">The file cannot be read.</exception>
    public string Read()
    {
        try
        {
            return text ?? File.ReadAllText(path!);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new KubeConfigException($"Cannot read {description}: {fault.Message}", fault);
        }
    }

    /// <summary>What it is and where it stands, for messages.</summary>
    public override string ToString() => description;
}
