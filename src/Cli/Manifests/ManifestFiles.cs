using PodEngine.Resources.Manifests;

namespace PodEngine.Cli.Manifests;

/// <summary>Reads manifests from files and folders as <c>kubectl apply -f</c> does: a folder's <c>.yaml</c>, <c>.yml</c> and <c>.json</c> files in name order.</summary>
internal static class ManifestFiles
{
    private static readonly string[] Endings = [".yaml", ".yml", ".json"];

    /// <summary>Reads everything, faults of all files together.</summary>
    public static async Task<ManifestReading> ReadAsync(IEnumerable<string> paths, CancellationToken cancellationToken)
    {
        var manifests = new List<Manifest>();
        var faults = new List<ManifestFault>();
        foreach (var path in paths)
        {
            var files = Expand(path);
            if (files.Count == 0)
            {
                faults.Add(new ManifestFault(path, 1, "", "", "there is no such file, or the folder holds no .yaml, .yml or .json file"));
            }

            foreach (var file in files)
            {
                var reading = await ReadFileAsync(file, cancellationToken);
                manifests.AddRange(reading.Manifests);
                faults.AddRange(reading.Faults);
            }
        }

        return new ManifestReading(manifests, faults);
    }

    private static async Task<ManifestReading> ReadFileAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            return ManifestReader.ReadAll(await File.ReadAllTextAsync(file, cancellationToken), file);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return new ManifestReading([], [new ManifestFault(file, 1, "", "", $"it cannot be read: {fault.Message}")]);
        }
    }

    private static List<string> Expand(string path) =>
        Directory.Exists(path)
            ? [.. Directory.EnumerateFiles(path).Where(file => Endings.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase)).Order(StringComparer.Ordinal)]
            : File.Exists(path) ? [path] : [];
}
