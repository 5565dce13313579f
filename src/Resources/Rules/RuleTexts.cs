using System.Text.Json;

namespace PodEngine.Resources.Rules;

/// <summary>
/// The messages of all rules across fields and of immutability, by rule id, from the one file that the custom resource definitions are
/// compared with: a user reads the same words from an API server that evaluates the rules and from one that does not.
/// </summary>
public static class RuleTexts
{
    /// <summary>Message by rule id.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } = Load();

    private static Dictionary<string, string> Load()
    {
        using var stream = typeof(RuleTexts).Assembly.GetManifestResourceStream("rule-texts.json")!;
        using var document = JsonDocument.Parse(stream);
        return document.RootElement.EnumerateObject().ToDictionary(static each => each.Name, static each => each.Value.GetString()!, StringComparer.Ordinal);
    }
}
