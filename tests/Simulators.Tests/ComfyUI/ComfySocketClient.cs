using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace PodEngine.Simulators.Tests.ComfyUI;

/// <summary>
/// Reads a ComfyUI socket; a binary message shows as type <c>binary</c>. The server knows a socket only once it has greeted it: what happens between
/// the handshake and the greeting is told to nobody, so opening waits for the greeting, which is read first.
/// </summary>
internal sealed class ComfySocketClient : IDisposable
{
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(60);

    private readonly ClientWebSocket socket = new();
    private JsonNode? greeting;

    public static async Task<ComfySocketClient> OpenAsync(Uri server, string clientId, CancellationToken cancellationToken)
    {
        var client = new ComfySocketClient();
        await client.socket.ConnectAsync(new UriBuilder($"{server}/ws?clientId={clientId}") { Scheme = "ws" }.Uri, cancellationToken);
        client.greeting = await client.ReceiveAsync(cancellationToken);
        return client;
    }

    public async Task<JsonNode> ReadAsync(CancellationToken cancellationToken)
    {
        var next = greeting ?? await ReceiveAsync(cancellationToken);
        greeting = null;
        return next;
    }

    /// <summary>Reads up to the <c>executing</c> with node null.</summary>
    public async Task<List<JsonNode>> ReadToEndAsync(CancellationToken cancellationToken)
    {
        var messages = new List<JsonNode>();
        do
        {
            messages.Add(await ReadAsync(cancellationToken));
        }
        while (!((string?)messages[^1]["type"] == "executing" && messages[^1]["data"]!["node"] is null));
        return messages;
    }

    public Task SendAsync(string text, CancellationToken cancellationToken) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, cancellationToken);

    public void Dispose() => socket.Dispose();

    private async Task<JsonNode> ReceiveAsync(CancellationToken cancellationToken)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        silence.CancelAfter(LongestSilence);
        using var message = new MemoryStream();
        var buffer = new byte[8192];
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(), silence.Token);
            message.Write(buffer, 0, part.Count);
            if (part.EndOfMessage)
            {
                return part.MessageType == WebSocketMessageType.Text
                    ? JsonNode.Parse(message.ToArray())!
                    : new JsonObject { ["type"] = "binary", ["bytes"] = Convert.ToHexString(message.ToArray()) };
            }
        }
    }
}
