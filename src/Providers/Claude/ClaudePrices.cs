namespace PodEngine.Providers.Claude;

/// <summary>
/// List prices in US dollars per million tokens (platform.claude.com, models overview, November 2026). A model that is not here costs 0 and
/// says so by <see cref="ClaudeAnswer.PriceKnown"/>.
/// </summary>
public static class ClaudePrices
{
    /// <summary>The cheaper price of Haiku 5.5 ends at this many prompt tokens.</summary>
    private const long HaikuShortPrompt = 100_000;

    /// <summary>Cost in millionths of a US dollar, rounded up; null for a model without a known price.</summary>
    /// <param name="model">Name as the service gives it; a date at its end is ignored.</param>
    /// <param name="inputTokens">Tokens read.</param>
    /// <param name="outputTokens">Tokens written.</param>
    public static long? UsdMicros(string model, long inputTokens, long outputTokens)
    {
        (decimal Input, decimal Output)? price = WithoutDate(model) switch
        {
            "claude-opus-5-5" => (4m, 20m),
            "claude-sonnet-5-5" => (2m, 10m),
            "claude-haiku-5-5" => inputTokens <= HaikuShortPrompt ? (0.10m, 0.50m) : (0.50m, 2.50m),
            _ => null,
        };

        // Dollars per million tokens are micro-dollars per token.
        return price is var (input, output) ? (long)decimal.Ceiling((inputTokens * input) + (outputTokens * output)) : null;
    }

    private static string WithoutDate(string model)
    {
        int dash = model.LastIndexOf('-');
        return dash > 0 && model.Length - dash == 9 && long.TryParse(model.AsSpan(dash + 1), out _) ? model[..dash] : model;
    }
}
