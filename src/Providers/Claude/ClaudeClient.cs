using PodEngine.Providers.Http;

namespace PodEngine.Providers.Claude;

/// <summary>Asks Claude through Anthropic's SDK.</summary>
public sealed class ClaudeClient : IDisposable
{
    /// <summary>A client; it opens no connection before the first question.</summary>
    public ClaudeClient(ClaudeSettings settings, ProviderServices services)
    {
        CallTimeout = settings.Limits.CallTimeout;
        _ = services;
    }

    /// <summary>Longest time a question takes, its tries included.</summary>
    public TimeSpan CallTimeout { get; }

    /// <summary>Asks and waits for the whole answer.</summary>
    /// <exception cref="ProviderException">No usable answer. A refusal is permanent and paid for.</exception>
    public Task<ClaudeAnswer> AskForJsonAsync(ClaudeQuestion question, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <inheritdoc />
    public void Dispose()
    {
    }
}
