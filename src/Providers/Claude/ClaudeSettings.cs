using PodEngine.Providers.Http;

namespace PodEngine.Providers.Claude;

/// <summary>How Claude is reached.</summary>
public sealed record ClaudeSettings
{
    /// <summary>Model used when a question names none.</summary>
    public const string StandardModel = "claude-sonnet-5-5";

    /// <summary>Anthropic's own address.</summary>
    public static readonly Uri OfficialUrl = new("https://api.anthropic.com");

    /// <summary>The API key (<c>CLAUDE_API_KEY</c> or <c>ANTHROPIC_API_KEY</c>).</summary>
    public required ProviderKey Key { get; init; }

    /// <summary>Address without <c>/v1/messages</c>; may have a path.</summary>
    public Uri BaseUrl { get; init; } = OfficialUrl;

    /// <summary>Model used when a question names none.</summary>
    public string Model { get; init; } = StandardModel;

    /// <summary>Bounds. One try may take long, because thinking models are slow to begin; answers are text.</summary>
    public ProviderLimits Limits { get; init; } = new()
    {
        TryTimeout = TimeSpan.FromMinutes(4),
        CallTimeout = TimeSpan.FromMinutes(5),
        Concurrency = 8,
        LongestWait = TimeSpan.FromSeconds(20),
    };
}
