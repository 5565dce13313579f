namespace PodEngine.Providers.Http;

/// <summary>One kind of call and how it may be treated.</summary>
internal sealed record ProviderCall
{
    /// <summary>Name in kebab case, for messages, metrics and spans.</summary>
    public required string Operation { get; init; }

    /// <summary>
    /// True when sending it twice does no more than sending it once (reads, deletions). Other requests are sent again only when the
    /// first certainly did nothing.
    /// </summary>
    public required bool SafeToRepeat { get; init; }

    /// <summary>Rate limits it counts in, the narrowest first.</summary>
    public IReadOnlyList<string> Budgets { get; init; } = [];

    /// <summary>Largest answer in bytes; null for the provider's usual bound.</summary>
    public int? MaxAnswerBytes { get; init; }

    public static ProviderCall Read(string operation, params IReadOnlyList<string> budgets) =>
        new() { Operation = operation, SafeToRepeat = true, Budgets = budgets };

    public static ProviderCall Effect(string operation, params IReadOnlyList<string> budgets) =>
        new() { Operation = operation, SafeToRepeat = false, Budgets = budgets };

    /// <summary>A change that may be made again without harm.</summary>
    public static ProviderCall Idempotent(string operation, params IReadOnlyList<string> budgets) =>
        new() { Operation = operation, SafeToRepeat = true, Budgets = budgets };
}
