using System.Text;

namespace PodEngine.Pipeline.Prompts;

/// <summary>Small rules of English titles.</summary>
internal static class Words
{
    private static readonly HashSet<string> Small = new(StringComparer.OrdinalIgnoreCase)
    {
        "a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with",
    };

    /// <summary>The text as a title: every word begins with a capital, small words within do not, words the user wrote with capitals stay.</summary>
    public static string TitleCase(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return string.Join(' ', words.Select((word, index) => index > 0 && Small.Contains(word) ? word.ToLowerInvariant() : Capital(word)));
    }

    /// <summary>The first words of a text that fit, cut at a comma, full stop or word, without small words at the end.</summary>
    public static string Opening(string text, int maxLength)
    {
        var clause = text.Split([',', '.', ';', ':', '\n', '('], 2)[0].Trim();
        var kept = new StringBuilder();
        foreach (var word in clause.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (kept.Length + word.Length + 1 > maxLength)
            {
                break;
            }

            kept.Append(kept.Length == 0 ? "" : " ").Append(word);
        }

        var words = kept.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries).ToList();
        while (words.Count > 1 && Small.Contains(words[^1]))
        {
            words.RemoveAt(words.Count - 1);
        }

        return string.Join(' ', words);
    }

    /// <summary>The words of a text that say something, lower-case, longest phrases broken up, for tags.</summary>
    public static IEnumerable<string> Keywords(string text) => text
        .Split([' ', ',', '.', ';', ':', '/', '(', ')', '"', '!', '?', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries)
        .Select(word => word.Trim('-', '\'').ToLowerInvariant())
        .Where(word => word.Length > 2 && !Small.Contains(word));

    // "cyber-punk" becomes "Cyber-Punk"; "NASA" and "iPhone" stay as they were written.
    private static string Capital(string word) => word.Any(char.IsUpper)
        ? word
        : string.Join('-', word.Split('-').Select(part => part.Length == 0 ? part : char.ToUpperInvariant(part[0]) + part[1..]));
}
