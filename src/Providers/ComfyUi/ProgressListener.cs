using System.Net.WebSockets;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using PodEngine.Providers.Http;

namespace PodEngine.Providers.ComfyUi;

/// <summary>
/// Listens on ComfyUI's WebSocket for one prompt: reports progress, and wakes the waiter when the prompt ends. It is a convenience: missed
/// messages are never replayed, so the waiter polls all the same, and a socket that cannot be opened is only tried again.
/// </summary>
internal sealed class ProgressListener : IAsyncDisposable
{
    /// <summary>Messages of interest are small; longer ones (outputs of text nodes, previews) are read over.</summary>
    private const int LongestMessage = 64 * 1024;

    private static readonly TimeSpan LongestReconnectDelay = TimeSpan.FromMinutes(1);

    private readonly Uri _address;
    private readonly string _promptId;
    private readonly IProgress<PromptProgress>? _progress;
    private readonly ComfyUiSettings _settings;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _listening;
    private TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ProgressListener(Uri server, string promptId, IProgress<PromptProgress>? progress, ComfyUiSettings settings, TimeProvider time, ILogger logger)
    {
        var http = new Uri(ProviderHttpClient.WithSlash(server), $"ws?clientId={Uri.EscapeDataString(promptId)}");
        _address = new UriBuilder(http) { Scheme = http.Scheme == Uri.UriSchemeHttps ? Uri.UriSchemeWss : Uri.UriSchemeWs }.Uri;
        _promptId = promptId;
        _progress = progress;
        _settings = settings;
        _time = time;
        _logger = logger;
        _listening = ListenAsync(_stopping.Token);
    }

    /// <summary>Waits so long, or shorter when the prompt is heard to have ended.</summary>
    public async Task WaitAsync(TimeSpan longest, CancellationToken cancellationToken)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var ended = Volatile.Read(ref _ended);
        await Task.WhenAny(ended.Task, Task.Delay(longest, _time, waiting.Token));
        await waiting.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
        if (ended.Task.IsCompleted)
        {
            Volatile.Write(ref _ended, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _listening;
        _stopping.Dispose();
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        var delay = _settings.ReconnectDelay;
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                using var socket = new ClientWebSocket();
                await ConnectAsync(socket, cancellationToken);
                delay = _settings.ReconnectDelay;
                await ReceiveAsync(socket, cancellationToken);
            }
            catch (Exception broken) when (broken is WebSocketException or IOException or HttpRequestException or OperationCanceledException)
            {
                if (cancellationToken.IsCancellationRequested)
                {
                    return;
                }

                _logger.SocketLost(_promptId, broken.Message);
            }

            // What ended while nobody listened is never told: look at once.
            Volatile.Read(ref _ended).TrySetResult();
            await Task.Delay(delay, _time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            delay = delay * 2 < LongestReconnectDelay ? delay * 2 : LongestReconnectDelay;
        }
    }

    private async Task ConnectAsync(ClientWebSocket socket, CancellationToken cancellationToken)
    {
        socket.Options.KeepAliveInterval = TimeSpan.FromSeconds(20);
        socket.Options.KeepAliveTimeout = TimeSpan.FromSeconds(20);
        using var deadline = new CancellationTokenSource(_settings.Limits.ConnectTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        await socket.ConnectAsync(_address, either.Token);
    }

    private async Task ReceiveAsync(ClientWebSocket socket, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[4 * 1024];
        int length = 0;
        while (true)
        {
            if (length == buffer.Length && length < LongestMessage)
            {
                Array.Resize(ref buffer, buffer.Length * 2);
            }

            // A message over the bound goes on being read over its own end, and is then not understood.
            int at = length < buffer.Length ? length : 0;
            var received = await socket.ReceiveAsync(buffer.AsMemory(at), cancellationToken);
            length = at + received.Count;
            if (received.MessageType == WebSocketMessageType.Close)
            {
                return;
            }

            if (received.EndOfMessage)
            {
                if (received.MessageType == WebSocketMessageType.Text)
                {
                    Hear(buffer.AsMemory(0, length));
                }

                length = 0;
            }
        }
    }

    private void Hear(ReadOnlyMemory<byte> text)
    {
        JsonElement message;
        try
        {
            message = JsonAnswer.ReadObject(text);
        }
        catch (JsonException)
        {
            return;
        }

        var data = message.Member("data") ?? default;
        if (data.Text("prompt_id") != _promptId)
        {
            return;
        }

        switch (message.Text("type"))
        {
            case "progress":
                _progress?.Report(new(data.Text("node"), (int)(data.Number("value") ?? 0), (int)(data.Number("max") ?? 0)));
                break;
            // Sent after the history is stored, also after a fault or a stop.
            case "executing" when data.Text("node") is null:
                Volatile.Read(ref _ended).TrySetResult();
                break;
            case "executing":
                _progress?.Report(new(data.Text("node"), 0, 0));
                break;
            default:
                break;
        }
    }
}
