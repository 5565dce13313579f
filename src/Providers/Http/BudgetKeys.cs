namespace PodEngine.Providers.Http;

/// <summary>Names and sizes of the providers' documented rate limits. Each counts for one account (<see cref="ProviderAccount"/>).</summary>
public static class BudgetKeys
{
    /// <summary>All of Printify: 600 requests per minute and account.</summary>
    public const string Printify = "printify";

    /// <summary>Printify's catalogue: 100 per minute, counted in <see cref="Printify"/> as well.</summary>
    public const string PrintifyCatalog = "printify:catalog";

    /// <summary>Printify's publishing: 200 per 30 minutes, counted in <see cref="Printify"/> as well.</summary>
    public const string PrintifyPublish = "printify:publish";

    /// <summary>The limits as Printify documents them (developers.printify.com, rate limiting).</summary>
    public static IReadOnlyDictionary<string, BudgetLimit> Documented { get; } = new Dictionary<string, BudgetLimit>(StringComparer.Ordinal)
    {
        [Printify] = new(600, TimeSpan.FromMinutes(1)),
        [PrintifyCatalog] = new(100, TimeSpan.FromMinutes(1)),
        [PrintifyPublish] = new(200, TimeSpan.FromMinutes(30)),
    };
}

/// <summary>So many requests within any window of that length.</summary>
/// <param name="Requests">Requests, at least 1.</param>
/// <param name="Window">Length of the window.</param>
public readonly record struct BudgetLimit(int Requests, TimeSpan Window);
