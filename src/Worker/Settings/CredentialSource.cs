namespace PodEngine.Worker.Settings;

/// <summary>
/// Provider keys by name: a file of a mounted folder, else an environment variable. Read anew at every call, so that a rotated Secret is used at once.
/// </summary>
/// <param name="folder">The folder; null for none.</param>
/// <param name="variable">An environment variable's value by its name.</param>
public sealed class CredentialSource(string? folder, Func<string, string?> variable)
{
    /// <summary>Claude's key.</summary>
    public string? Claude() => Read("CLAUDE_API_KEY", "ANTHROPIC_API_KEY");

    /// <summary>Printify's token.</summary>
    public string? Printify() => Read("PRINTIFY_API_KEY");

    /// <summary>The first of the names that has a value; null when none has.</summary>
    public string? Read(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if ((FromFile(name) ?? variable(name))?.Trim() is { Length: > 0 } value)
            {
                return value;
            }
        }

        return null;
    }

    private string? FromFile(string name)
    {
        if (folder is null)
        {
            return null;
        }

        try
        {
            var path = Path.Combine(folder, name);
            return File.Exists(path) ? File.ReadAllText(path) : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Caught in the middle of a rotation: the next call reads it.
            return null;
        }
    }
}
