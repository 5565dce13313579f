namespace PodEngine.Resources.Schema;

/// <summary>Finds what somebody meant who misspelt a name.</summary>
internal static class NearestName
{
    /// <summary>Names are listed in a message up to this many.</summary>
    private const int Listed = 24;

    /// <summary>What to say of a field that is not known.</summary>
    public static string UnknownField(string path, string name, IEnumerable<string> known)
    {
        string[] names = [.. known];
        var nearest = Find(name, names);
        return nearest is not null ? $"unknown field {path}, did you mean {nearest}?"
            : names.Length is > 0 and <= Listed ? $"unknown field {path}; known here are {string.Join(", ", names)}"
            : $"unknown field {path}";
    }

    /// <summary>The name that differs least, if it differs by at most a third of its letters; null otherwise.</summary>
    public static string? Find(string name, IEnumerable<string> known) => known
        .Select(each => (Name: each, Distance: Distance(name.ToUpperInvariant(), each.ToUpperInvariant())))
        .Where(each => each.Distance <= Math.Max(1, each.Name.Length / 3))
        .OrderBy(static each => each.Distance)
        .Select(static each => each.Name)
        .FirstOrDefault();

    /// <summary>Letters to insert, delete or replace (Levenshtein).</summary>
    private static int Distance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j - 1], above) + 1, diagonal + (from[i - 1] == to[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[to.Length];
    }
}
