using System.Text.RegularExpressions;
using PodEngine.Simulators.Pictures;

namespace PodEngine.Simulators.Claude;

/// <summary>Invents titles, prompts and tags around the words of a request; the same request and index give the same words.</summary>
internal sealed partial class DesignWords
{
    private static readonly string[] Adjectives =
        ["Neon", "Midnight", "Golden", "Electric", "Quiet", "Lunar", "Wild", "Velvet", "Crystal", "Retro", "Solar", "Misty", "Crimson", "Paper", "Cosmic", "Gentle"];

    private static readonly string[] Nouns =
        ["Skyline", "Garden", "Voyager", "Harbor", "Circuit", "Forest", "Mirage", "Orbit", "Lantern", "Canyon", "Signal", "Tide", "Meadow"];

    private static readonly string[] Light = ["soft rim light", "bold flat shading", "glowing edges", "dusk light", "high contrast ink", "pastel haze"];

    private static readonly HashSet<string> Plain = new(StringComparer.OrdinalIgnoreCase)
    {
        "about", "after", "again", "answer", "audience", "before", "count", "create", "design", "designs", "different", "each", "exactly", "field", "following",
        "general", "image", "items", "json", "listing", "make", "must", "niche", "number", "output", "please", "print", "prompt", "prompts", "product", "products",
        "return", "schema", "should", "style", "tags", "text", "that", "theme", "their", "them", "these", "this", "title", "with", "write", "your", "demand", "from",
        "seed", "never", "only", "will", "have", "which", "into", "every", "distinct",
    };

    private readonly string[] subjects;
    private readonly ulong seed;

    public DesignWords(string request)
    {
        subjects = [.. Words().Matches(request).Select(match => match.Value).Where(word => !Plain.Contains(word)).Distinct(StringComparer.OrdinalIgnoreCase).Take(6)];
        if (subjects.Length == 0)
        {
            subjects = ["abstract"];
        }

        seed = new Drawing(0, request, 1, 1).Fingerprint();
    }

    /// <summary>Text for a property called <paramref name="name"/> of item <paramref name="index"/>; a trailing [] means one word of a list.</summary>
    public string For(string name, int index)
    {
        var lower = name.ToLowerInvariant();
        return lower switch
        {
            _ when lower.EndsWith("[]", StringComparison.Ordinal) => Tag(index),
            _ when lower.Contains("negative", StringComparison.Ordinal) => "blurry, low quality, watermark, signature, cropped",
            _ when lower.Contains("prompt", StringComparison.Ordinal) =>
                $"{Title(index)}, {Subject(index)} illustration for print, centered composition, {Pick(Light, index, 3)}, clean background, highly detailed",
            _ when lower.Contains("title", StringComparison.Ordinal) || lower.Contains("name", StringComparison.Ordinal) => Title(index),
            _ when lower.Contains("tag", StringComparison.Ordinal) || lower.Contains("keyword", StringComparison.Ordinal) => Tag(index),
            _ when lower.Contains("slug", StringComparison.Ordinal) || lower is "id" or "key" => Title(index).ToLowerInvariant().Replace(' ', '-'),
            _ when lower.Contains("desc", StringComparison.Ordinal) =>
                $"{Title(index)}: a {Subject(index)} design with {Pick(Light, index, 3)}, made for people who wear what they love.",
            _ when lower.Contains("color", StringComparison.Ordinal) || lower.Contains("colour", StringComparison.Ordinal) => Pick(Adjectives, index, 5).ToLowerInvariant(),
            _ => $"{Subject(index)} {Pick(Nouns, index, 7).ToLowerInvariant()}",
        };
    }

    // 16 and 13 have no common divisor, so 208 titles pass before one repeats.
    private string Title(int index) =>
        $"{Adjectives[(int)((seed + (ulong)index) % 16)]} {Capital(Subject(index))} {Nouns[(int)((seed + (ulong)index) % 13)]}";

    private string Tag(int index) => (index % 3) switch
    {
        0 => Subject(index).ToLowerInvariant(),
        1 => Pick(Nouns, index, 11).ToLowerInvariant(),
        _ => $"{Pick(Adjectives, index, 13).ToLowerInvariant()} art",
    };

    private string Subject(int index) => subjects[index % subjects.Length];

    private string Pick(string[] from, int index, ulong salt)
    {
        var dice = new Dice(seed + ((ulong)index * 977) + salt);
        return from[dice.Below(from.Length)];
    }

    private static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];

    [GeneratedRegex(@"[A-Za-z][A-Za-z-]{3,}")]
    private static partial Regex Words();
}
