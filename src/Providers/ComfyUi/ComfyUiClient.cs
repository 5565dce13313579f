using System.Text.Json.Nodes;
using PodEngine.Providers.Http;

namespace PodEngine.Providers.ComfyUi;

/// <summary>One ComfyUI server.</summary>
public sealed class ComfyUiClient : IDisposable
{
    /// <summary>A client of one server; it opens no connection before the first call.</summary>
    /// <param name="server">Address, with or without a path.</param>
    /// <param name="settings">Bounds and habits.</param>
    /// <param name="services">Clock and logs.</param>
    public ComfyUiClient(Uri server, ComfyUiSettings settings, ProviderServices services)
    {
        Server = server;
        CallTimeout = settings.Limits.CallTimeout;
        _ = services;
    }

    /// <summary>The server's address.</summary>
    public Uri Server { get; }

    /// <summary>Longest time one HTTP call takes, its tries included.</summary>
    public TimeSpan CallTimeout { get; }

    /// <summary>Hands a workflow to the server.</summary>
    /// <param name="workflow">Workflow in API format.</param>
    /// <param name="promptId">A lower-case UUID of our own, by which the prompt is found again after a lost answer.</param>
    /// <param name="clientId">Receiver of progress messages; null for <paramref name="promptId"/>, where <see cref="WaitAsync"/> listens.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public Task<QueuedPrompt> QueueAsync(JsonObject workflow, string promptId, string? clientId, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Looks a prompt up in queue and history.</summary>
    public Task<PromptState> FindAsync(string promptId, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Waits until the prompt is final, or forgotten. Give it a deadline by its token.</summary>
    /// <param name="promptId">Id as answered by <see cref="QueueAsync"/>.</param>
    /// <param name="progress">Told of progress; null for nobody.</param>
    /// <param name="cancellationToken">Stops the waiting, not the prompt.</param>
    public Task<PromptState> WaitAsync(string promptId, IProgress<PromptProgress>? progress, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Fetches a picture.</summary>
    public Task<ReadOnlyMemory<byte>> GetImageAsync(ComfyUiImage image, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Takes the prompt out of the queue or stops it; harmless when it is neither waiting nor running.</summary>
    public Task CancelAsync(string promptId, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Prompts waiting and running.</summary>
    public Task<int> GetQueueDepthAsync(CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Version and devices.</summary>
    public Task<ComfyUiStats> GetSystemStatsAsync(CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>File names of the installed checkpoints.</summary>
    public Task<IReadOnlyList<string>> ListCheckpointsAsync(CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <inheritdoc />
    public void Dispose()
    {
    }
}
