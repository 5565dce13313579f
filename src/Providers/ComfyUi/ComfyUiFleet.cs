using System.Text.Json.Nodes;
using PodEngine.Providers.Http;

namespace PodEngine.Providers.ComfyUi;

/// <summary>Several ComfyUI servers used as one. It remembers nothing: the server is part of every answer.</summary>
public sealed class ComfyUiFleet : IDisposable
{
    private readonly IReadOnlyList<ComfyUiClient> _servers;

    /// <summary>A fleet.</summary>
    /// <param name="servers">Addresses, at least one.</param>
    /// <param name="settings">Bounds and habits, the same for all.</param>
    /// <param name="services">Clock and logs.</param>
    public ComfyUiFleet(IReadOnlyList<Uri> servers, ComfyUiSettings settings, ProviderServices services) =>
        _servers = [.. servers.Select(server => new ComfyUiClient(server, settings, services))];

    /// <summary>The servers.</summary>
    public IReadOnlyList<ComfyUiClient> Servers => _servers;

    /// <summary>Longest time queueing takes, choosing a server included.</summary>
    public TimeSpan CallTimeout => 2 * _servers[0].CallTimeout;

    /// <summary>The client of a server named by an earlier answer; null when it is not in the fleet any more.</summary>
    public ComfyUiClient? Get(Uri server) => _servers.FirstOrDefault(client => client.Server == server);

    /// <summary>Hands a workflow to the least busy server that answers.</summary>
    /// <inheritdoc cref="ComfyUiClient.QueueAsync"/>
    public Task<QueuedPrompt> QueueAsync(JsonObject workflow, string promptId, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Looks for a prompt on every server: after a lost answer nobody knows which one took it.</summary>
    /// <returns>The server that knows it and what it knows; null when every server answered and none knows it.</returns>
    /// <exception cref="ProviderException">A server could not be asked and no other knows the prompt.</exception>
    public Task<LocatedPrompt?> FindAsync(string promptId, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var server in _servers)
        {
            server.Dispose();
        }
    }
}

/// <summary>A prompt and the server that has it.</summary>
/// <param name="Client">The server.</param>
/// <param name="State">What it knows.</param>
public sealed record LocatedPrompt(ComfyUiClient Client, PromptState State);
