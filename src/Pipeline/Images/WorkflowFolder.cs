using System.Collections.Concurrent;
using PodEngine.Providers.ComfyUi;

namespace PodEngine.Pipeline.Images;

/// <summary>Workflows as files of one folder (a mounted ConfigMap), named by their keys and read again when they change.</summary>
/// <param name="folder">The folder; null or a missing one has no workflows.</param>
public sealed class WorkflowFolder(string? folder) : IWorkflowSource
{
    private readonly ConcurrentDictionary<string, (DateTime Written, WorkflowTemplate Template)> _read = new(StringComparer.Ordinal);

    /// <inheritdoc />
    public WorkflowTemplate? Find(string key)
    {
        // A key names a file of this very folder, whatever it contains.
        if (folder is null || key.Length == 0 || Path.GetFileName(key) != key || key is "." or "..")
        {
            return null;
        }

        var path = Path.Combine(folder, key);
        if (!File.Exists(path))
        {
            return null;
        }

        var written = File.GetLastWriteTimeUtc(path);
        if (_read.TryGetValue(key, out var known) && known.Written == written)
        {
            return known.Template;
        }

        var template = WorkflowTemplate.Parse(File.ReadAllText(path));
        _read[key] = (written, template);
        return template;
    }
}
