using Npgsql;

namespace PodEngine.Queue.Postgres.Connecting;

/// <summary>Takes the schema out of an address: our statements name it themselves, and poolers refuse it as a start-up parameter.</summary>
internal static class SearchPath
{
    private const string Option = "-csearch_path=";

    public static string? TakeSchema(NpgsqlConnectionStringBuilder address)
    {
        var path = address.SearchPath;
        address.SearchPath = null;
        if (address.Options is { } options)
        {
            var words = options.Replace("-c ", "-c", StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries);
            path ??= words.LastOrDefault(word => word.StartsWith(Option, StringComparison.Ordinal))?[Option.Length..];
            var rest = string.Join(' ', words.Where(word => !word.StartsWith(Option, StringComparison.Ordinal)));
            address.Options = rest.Length == 0 ? null : rest;
        }

        return path?.Split(',').Select(part => part.Trim().Trim('"')).FirstOrDefault(part => part.Length > 0 && part != "$user");
    }
}
