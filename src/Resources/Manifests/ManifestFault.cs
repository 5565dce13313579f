namespace PodEngine.Resources.Manifests;

/// <summary>One thing wrong with a text of manifests.</summary>
/// <param name="SourceName">Where it was read from, a file name as a rule.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Subject">Kind and name of the manifest, such as <c>PodJob cyber-punk</c>; empty where the text is no manifest.</param>
/// <param name="Field">Path of the field; empty where it is none.</param>
/// <param name="Message">What is wrong and what would be right.</param>
public sealed record ManifestFault(string SourceName, int Line, string Subject, string Field, string Message)
{
    /// <summary><c>file:line: subject: field: message</c>.</summary>
    public override string ToString() => string.Join(": ", new[] { $"{SourceName}:{Line}", Subject, Field, Message }.Where(static each => each.Length > 0));
}
