using System.Text.Json;

namespace PodEngine.Kit.ControlPlanes;

/// <summary>One request as the API server's audit log has it.</summary>
/// <param name="Verb"><c>create</c>, <c>update</c>, <c>patch</c>, <c>delete</c>, <c>get</c>, <c>list</c>, <c>watch</c>.</param>
/// <param name="Resource">The plural, such as <c>podjobs</c>.</param>
/// <param name="Subresource"><c>status</c>, or null.</param>
/// <param name="Namespace">Null for what has none.</param>
/// <param name="Name">Null for lists and creations.</param>
/// <param name="UserAgent">Who asked.</param>
/// <param name="Code">The HTTP status of the answer.</param>
public sealed record AuditEntry(string Verb, string Resource, string? Subresource, string? Namespace, string? Name, string UserAgent, int Code)
{
    /// <summary>Whether it was meant to change something.</summary>
    public bool IsWrite => Verb is "create" or "update" or "patch" or "delete" or "deletecollection";

    internal static IReadOnlyList<AuditEntry> ReadAll(string path)
    {
        if (!File.Exists(path))
        {
            return [];
        }

        // The server is writing: share the file, and leave out a last line that has not been written to its end.
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        var text = reader.ReadToEnd();
        return [.. text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Parse)];
    }

    private static AuditEntry Parse(string line)
    {
        using var document = JsonDocument.Parse(line);
        var root = document.RootElement;
        var target = root.GetProperty("objectRef");
        return new AuditEntry(
            Text(root, "verb") ?? "",
            Text(target, "resource") ?? "",
            Text(target, "subresource"),
            Text(target, "namespace"),
            Text(target, "name"),
            Text(root, "userAgent") ?? "",
            root.TryGetProperty("responseStatus", out var status) && status.TryGetProperty("code", out var code) ? code.GetInt32() : 0);
    }

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;
}
