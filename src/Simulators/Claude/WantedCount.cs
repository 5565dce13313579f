using System.Globalization;
using System.Text.RegularExpressions;

namespace PodEngine.Simulators.Claude;

/// <summary>
/// How many items a call asks for, read from the last user message by a simple rule: the number after "exactly",
/// else the number before "designs", "prompts", "ideas" or "items", else 1; at most 100.
/// </summary>
internal static partial class WantedCount
{
    public static int Read(string text)
    {
        var match = Exactly().Match(text);
        if (!match.Success)
        {
            match = Counted().Match(text);
        }

        return match.Success ? Math.Clamp(int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture), 1, 100) : 1;
    }

    [GeneratedRegex(@"\bexactly\s+(\d{1,3})\b", RegexOptions.IgnoreCase)]
    private static partial Regex Exactly();

    [GeneratedRegex(@"\b(\d{1,3})\s+(?:[\w-]+\s+){0,3}?(?:designs?|prompts?|ideas?|items?)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Counted();
}
