using System.Text.Json.Nodes;
using PodEngine.Providers.Http;

namespace PodEngine.Providers.ComfyUi;

/// <summary>Several ComfyUI servers used as one. It remembers nothing of prompts: the server is part of every answer.</summary>
public sealed class ComfyUiFleet : IDisposable
{
    /// <summary>A server that does not tell its queue's length within this is passed over.</summary>
    private static readonly TimeSpan DepthTimeout = TimeSpan.FromSeconds(5);

    private readonly TimeProvider _time;
    private readonly ComfyUiClient[] _servers;
    private readonly int[] _handingOver;
    private readonly Lock _lock = new();
    private int _turn;

    /// <summary>A fleet.</summary>
    /// <param name="servers">Addresses, at least one.</param>
    /// <param name="settings">Bounds and habits, the same for all.</param>
    /// <param name="services">Clock and logs.</param>
    public ComfyUiFleet(IReadOnlyList<Uri> servers, ComfyUiSettings settings, ProviderServices services)
    {
        ArgumentOutOfRangeException.ThrowIfZero(servers.Count);
        _time = services.Time;
        _servers = [.. servers.Select(server => new ComfyUiClient(server, settings, services))];
        _handingOver = new int[_servers.Length];
    }

    /// <summary>The servers.</summary>
    public IReadOnlyList<ComfyUiClient> Servers => _servers;

    /// <summary>Longest time queueing takes, choosing a server included.</summary>
    public TimeSpan CallTimeout => DepthTimeout + (_servers.Length * _servers[0].CallTimeout);

    /// <summary>The client of a server named by an earlier answer; null when it is not in the fleet any more.</summary>
    public ComfyUiClient? Get(Uri server) => Array.Find(_servers, client => client.Server == server);

    /// <summary>Hands a workflow to the least busy server that answers; when that one turns it away unreached, to the next.</summary>
    /// <inheritdoc cref="ComfyUiClient.QueueAsync"/>
    public async Task<QueuedPrompt> QueueAsync(JsonObject workflow, string promptId, CancellationToken cancellationToken)
    {
        var depths = await AskDepthsAsync(cancellationToken);
        var untried = Enumerable.Range(0, _servers.Length).ToList();
        while (true)
        {
            int chosen = Choose(untried, depths);
            untried.Remove(chosen);
            try
            {
                return await _servers[chosen].QueueAsync(workflow, promptId, clientId: null, cancellationToken);
            }
            catch (ProviderException away) when (untried.Count > 0 && away is { Spend: Spend.None, Fault.Retryable: true })
            {
                // Certainly not taken: the next server may.
            }
            finally
            {
                lock (_lock)
                {
                    _handingOver[chosen]--;
                }
            }
        }
    }

    /// <summary>Looks for a prompt on every server: after a lost answer nobody knows which one took it.</summary>
    /// <returns>The server that knows it and what it knows; null when every server answered and none knows it.</returns>
    /// <exception cref="ProviderException">A server could not be asked and no other knows the prompt.</exception>
    public async Task<LocatedPrompt?> FindAsync(string promptId, CancellationToken cancellationToken)
    {
        var asked = _servers.Select(server => server.FindAsync(promptId, cancellationToken)).ToArray();
        ProviderException? unanswered = null;
        LocatedPrompt? located = null;
        for (int i = 0; i < asked.Length; i++)
        {
            try
            {
                var state = await asked[i];
                located ??= state is PromptState.Unknown ? null : new(_servers[i], state);
            }
            catch (ProviderException away)
            {
                unanswered ??= away;
            }
        }

        return located ?? (unanswered is null ? null : throw unanswered);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var server in _servers)
        {
            server.Dispose();
        }
    }

    /// <summary>
    /// The shortest queue, counting what is being handed over right now; among equals they take turns. Servers that did not tell theirs come last.
    /// </summary>
    private int Choose(List<int> candidates, int?[] depths)
    {
        lock (_lock)
        {
            int turn = _turn++;
            int chosen = candidates.MinBy(i => (depths[i] is { } depth ? depth + (long)_handingOver[i] : int.MaxValue, (i + turn) % _servers.Length));
            _handingOver[chosen]++;
            return chosen;
        }
    }

    private async Task<int?[]> AskDepthsAsync(CancellationToken cancellationToken)
    {
        if (_servers.Length == 1)
        {
            return [0];
        }

        using var deadline = new CancellationTokenSource(DepthTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        return await Task.WhenAll(_servers.Select(server => AskDepthAsync(server, either.Token, cancellationToken)));
    }

    private static async Task<int?> AskDepthAsync(ComfyUiClient server, CancellationToken deadline, CancellationToken cancellationToken)
    {
        try
        {
            return await server.GetQueueDepthAsync(deadline);
        }
        catch (Exception away) when (away is ProviderException || (away is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }
}

/// <summary>A prompt and the server that has it.</summary>
/// <param name="Client">The server.</param>
/// <param name="State">What it knows.</param>
public sealed record LocatedPrompt(ComfyUiClient Client, PromptState State);
