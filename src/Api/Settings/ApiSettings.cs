namespace PodEngine.Api.Settings;

/// <summary>What the API is told by its environment.</summary>
/// <param name="DatabaseUrl"><c>DATABASE_URL</c>: PostgreSQL as a <c>postgresql://</c> URI. Holds a password: never logged.</param>
/// <param name="ListenUrl"><c>PODENGINE_API_URL</c>: where it listens; default <c>http://0.0.0.0:3000</c>.</param>
internal sealed record ApiSettings(string DatabaseUrl, string ListenUrl)
{
    /// <summary>Reads the environment; every fault at once.</summary>
    public static (ApiSettings? Settings, IReadOnlyList<string> Faults) Read(Func<string, string?> environment)
    {
        var faults = new List<string>();
        var database = environment("DATABASE_URL");
        if (string.IsNullOrWhiteSpace(database))
        {
            faults.Add("DATABASE_URL is not set: give it the database's address, postgresql://user:password@host:5432/database.");
        }

        var listen = environment("PODENGINE_API_URL") is { Length: > 0 } given ? given : "http://0.0.0.0:3000";
        if (!Uri.TryCreate(listen, UriKind.Absolute, out var url) || url.Scheme != Uri.UriSchemeHttp)
        {
            faults.Add($"PODENGINE_API_URL is '{listen}': give it an address to listen on, such as http://0.0.0.0:3000.");
        }

        return faults.Count == 0 ? (new ApiSettings(database!, listen), faults) : (null, faults);
    }
}
