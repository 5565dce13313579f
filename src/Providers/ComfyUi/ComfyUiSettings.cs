using PodEngine.Providers.Http;

namespace PodEngine.Providers.ComfyUi;

/// <summary>How ComfyUI servers are used.</summary>
public sealed record ComfyUiSettings
{
    /// <summary>Bounds of every HTTP call; waiting for a picture is not one call.</summary>
    public ProviderLimits Limits { get; init; } = new() { TryTimeout = TimeSpan.FromSeconds(20), CallTimeout = TimeSpan.FromSeconds(60) };

    /// <summary>How often a prompt is looked up while waiting.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>True listens on the WebSocket for progress and the end; polling goes on in any case.</summary>
    public bool UseWebSocket { get; init; } = true;

    /// <summary>Pause before a dropped WebSocket is opened again.</summary>
    public TimeSpan ReconnectDelay { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How long a server may be away while a prompt of it is waited for.</summary>
    public TimeSpan OutagePatience { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Largest picture fetched, in bytes.</summary>
    public int MaxImageBytes { get; init; } = 50 * 1024 * 1024;
}
