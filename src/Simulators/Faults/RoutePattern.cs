namespace PodEngine.Simulators.Faults;

/// <summary>A pattern such as <c>POST /v1/shops/{shop}/products.json</c>.</summary>
internal sealed record RoutePattern(string Method, string[] Segments)
{
    public static RoutePattern Parse(string text)
    {
        var parts = text.Split(' ', 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return parts switch
        {
            [] => new RoutePattern("*", ["*"]),
            [var path] when path.StartsWith('/') => new RoutePattern("*", Split(path)),
            [var method] => new RoutePattern(method, ["*"]),
            _ => new RoutePattern(parts[0], Split(parts[1])),
        };
    }

    public bool Matches(string method, string path)
    {
        if (Method != "*" && !Method.Equals(method, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var actual = Split(path);
        for (var i = 0; i < Segments.Length; i++)
        {
            if (Segments[i] == "*" && i == Segments.Length - 1)
            {
                return true;
            }

            if (i >= actual.Length || !Fits(Segments[i], actual[i]))
            {
                return false;
            }
        }

        return actual.Length == Segments.Length;
    }

    private static string[] Split(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries);

    // "{product}.json" stands for one segment with that end.
    private static bool Fits(string pattern, string segment)
    {
        var close = pattern.IndexOf('}', StringComparison.Ordinal);
        return pattern == "*" || (pattern.StartsWith('{') && close > 0
            ? segment.EndsWith(pattern[(close + 1)..], StringComparison.OrdinalIgnoreCase)
            : pattern.Equals(segment, StringComparison.OrdinalIgnoreCase));
    }
}
