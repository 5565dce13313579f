namespace PodEngine.Resources.Admission;

/// <summary>Puts what exists into words.</summary>
internal static class Wording
{
    /// <summary><c>it has: hoodie, mug</c>, or <c>it has none</c>.</summary>
    public static string List(string introduction, IEnumerable<string> names)
    {
        string[] sorted = [.. names.Order(StringComparer.Ordinal)];
        return sorted.Length == 0 ? $"{introduction} none" : $"{introduction}: {string.Join(", ", sorted)}";
    }

    /// <summary>The first five phrases, and how many more there are.</summary>
    public static string Few(IReadOnlyList<string> phrases) =>
        string.Join("; ", phrases.Take(5)) + (phrases.Count > 5 ? $"; and {phrases.Count - 5} more" : "");
}
