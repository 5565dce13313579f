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
}
