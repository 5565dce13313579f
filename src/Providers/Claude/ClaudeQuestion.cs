using System.Text.Json.Nodes;

namespace PodEngine.Providers.Claude;

/// <summary>One question whose answer is JSON of a given shape.</summary>
public sealed record ClaudeQuestion
{
    /// <summary>Standing instructions; null for none.</summary>
    public string? System { get; init; }

    /// <summary>What is asked.</summary>
    public required string User { get; init; }

    /// <summary>
    /// JSON Schema of the answer. Every object in it must say <c>additionalProperties: false</c>; bounds of lengths and numbers are not
    /// enforced by the service and belong into descriptions and into a check afterwards.
    /// </summary>
    public required JsonObject JsonSchema { get; init; }

    /// <summary>Most tokens of the answer, thinking included; default 8192.</summary>
    public int MaxTokens { get; init; } = 8192;

    /// <summary>Model; null for the one in the settings.</summary>
    public string? Model { get; init; }
}
