using PodEngine.Simulators.Claude;

namespace PodEngine.Simulators.Knobs;

/// <summary>Claude's behaviour (https://platform.claude.com/docs/en/api/messages).</summary>
public sealed record ClaudeKnobs
{
    /// <summary>Milliseconds from request to answer; default 50.</summary>
    public int LatencyMs { get; init; } = 50;

    /// <summary>Extra milliseconds for the first use of a schema, which is compiled then; default 0.</summary>
    public int SchemaCompileMs { get; init; }

    /// <summary>The one key accepted; null (the default) accepts any that is not empty.</summary>
    public string? ApiKey { get; init; }

    /// <summary>Whether <c>Authorization: Bearer</c> serves beside <c>x-api-key</c>; unconfirmed, default true.</summary>
    public bool AcceptsBearer { get; init; } = true;

    /// <summary>Requests per minute before 429 with <c>retry-after</c>; default 4000.</summary>
    public int RequestsPerMinute { get; init; } = 4000;

    /// <summary>Models that are served; any other name is 404.</summary>
    public IReadOnlyList<string> Models { get; init; } =
    [
        "claude-fable-5-2", "claude-fable-5-1", "claude-opus-5-5", "claude-sonnet-5-5", "claude-haiku-5-5",
        "claude-opus-5", "claude-sonnet-5", "claude-haiku-4-5", "claude-haiku-4-5-20251001",
    ];

    /// <summary>Shape of every answer; scripted faults of kind <c>Variant</c> override it for one call.</summary>
    public ClaudeVariant Variant { get; init; }

    /// <summary>Whether length and number bounds or recursion in a schema are 400; the exact list is unconfirmed, default true.</summary>
    public bool RefusesUnsupportedSchemaKeywords { get; init; } = true;

    /// <summary>Whether a repeated <c>idempotency-key</c> gets the first answer unbilled; none is documented, default false.</summary>
    public bool HonoursIdempotencyKey { get; init; }

    /// <summary><c>retry-after</c> on 529, in seconds; not promised, default none.</summary>
    public int? OverloadedRetryAfterSeconds { get; init; }

    /// <summary>Faults by chance.</summary>
    public RandomFaults Random { get; init; } = new();
}
