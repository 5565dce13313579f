using System.Text.Json;

namespace PodEngine.Providers.Claude;

/// <summary>The answer and what it cost.</summary>
public sealed record ClaudeAnswer
{
    /// <summary>The answer. It follows the question's schema as far as the service enforces it: check bounds yourself.</summary>
    public required JsonElement Json { get; init; }

    /// <summary>The model that answered, as the service names it.</summary>
    public required string Model { get; init; }

    /// <summary>Tokens read, those from and to the cache included.</summary>
    public required long InputTokens { get; init; }

    /// <summary>Tokens written, thinking included.</summary>
    public required long OutputTokens { get; init; }

    /// <summary>Cost in millionths of a US dollar; 0 when <see cref="PriceKnown"/> is false.</summary>
    public required long UsdMicros { get; init; }

    /// <summary>False when the model is not in <see cref="ClaudePrices"/>.</summary>
    public required bool PriceKnown { get; init; }

    /// <summary>Anthropic's id of the call.</summary>
    public string? RequestId { get; init; }
}
