using System.Text.RegularExpressions;
using PodEngine.Kit;

namespace PodEngine.EndToEnd.Tests;

/// <summary>
/// Outputs kept as files under <c>Golden/</c> and shown in the README. What differs from run to run (ages, ids, times) is replaced by a fixed word first.
/// Run with <c>UPDATE_GOLDEN=1</c> to write them anew, then read the difference.
/// </summary>
internal static partial class Golden
{
    /// <summary>The output equals the kept one, and the README shows it.</summary>
    public static void Matches(string name, string output)
    {
        var file = RepositoryRoot.File("tests", "EndToEnd.Tests", "Golden", $"{name}.txt");
        var text = output.ReplaceLineEndings("\n").TrimEnd() + "\n";
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(file, text);
        }

        Assert.Equal(File.ReadAllText(file), text);
        Assert.Contains(text.TrimEnd(), File.ReadAllText(RepositoryRoot.File("README.md")), StringComparison.Ordinal);
    }

    /// <summary>A table of kubectl's with the named columns' cells replaced, laid out anew as kubectl does.</summary>
    public static string Table(string output, IReadOnlyDictionary<string, string> replaced)
    {
        var lines = output.TrimEnd().Split('\n');
        var starts = ColumnName().Matches(lines[0]).Select(match => match.Index).ToArray();
        var rows = lines.Select(line => starts.Select((start, column) => Cell(line, start, column + 1 < starts.Length ? starts[column + 1] : line.Length)).ToArray()).ToList();
        foreach (var row in rows.Skip(1))
        {
            for (var column = 0; column < starts.Length; column++)
            {
                row[column] = replaced.TryGetValue(rows[0][column], out var word) ? word : row[column];
            }
        }

        var widths = Enumerable.Range(0, starts.Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        return string.Join('\n', rows.Select(row => string.Concat(row.Select((cell, column) => cell.PadRight(widths[column] + 3))).TrimEnd()));
    }

    /// <summary>Replaces what differs from run to run in free text.</summary>
    public static string Text(string output, params ReadOnlySpan<(string Pattern, string Replacement)> replacements)
    {
        foreach (var (pattern, replacement) in replacements)
        {
            output = Regex.Replace(output, pattern, replacement, RegexOptions.Multiline, TimeSpan.FromSeconds(5));
        }

        return output;
    }

    /// <summary>The lines of events in the order of their reasons: what happens within one second is listed in any order.</summary>
    public static string EventsInOrder(string description, params string[] reasons)
    {
        var lines = description.TrimEnd().Split('\n');
        var first = Array.FindIndex(lines, line => line.StartsWith("Events:", StringComparison.Ordinal)) + 3;
        return string.Join('\n', lines.Take(first).Concat(lines.Skip(first).OrderBy(line => Array.FindIndex(reasons, reason => line.Contains($" {reason} ", StringComparison.Ordinal)))));
    }

    private static string Cell(string line, int start, int end) => start >= line.Length ? "" : line[start..Math.Min(end, line.Length)].Trim();

    [GeneratedRegex(@"\S+( \S+)*")]
    private static partial Regex ColumnName();
}
