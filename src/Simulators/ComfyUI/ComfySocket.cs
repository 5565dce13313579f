using System.Buffers.Binary;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using PodEngine.Simulators.Http;

namespace PodEngine.Simulators.ComfyUI;

/// <summary>One client's socket: messages leave in the order they were given; what comes in is read for <c>feature_flags</c> only.</summary>
internal sealed class ComfySocket(string clientId, WebSocket socket)
{
    private const int PreviewEvent = 1;
    private const int PngFormat = 2;

    private readonly Channel<(WebSocketMessageType Type, byte[] Bytes)> outbox = Channel.CreateUnbounded<(WebSocketMessageType, byte[])>();

    public string ClientId => clientId;

    public void Send(string type, JsonObject data) => outbox.Writer.TryWrite(
        (WebSocketMessageType.Text, Encoding.UTF8.GetBytes(new JsonObject { ["type"] = type, ["data"] = data }.ToWire())));

    public void SendPreview(byte[] png)
    {
        var bytes = new byte[8 + png.Length];
        BinaryPrimitives.WriteInt32BigEndian(bytes, PreviewEvent);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4), PngFormat);
        png.CopyTo(bytes, 8);
        outbox.Writer.TryWrite((WebSocketMessageType.Binary, bytes));
    }

    public void Abort()
    {
        outbox.Writer.TryComplete();
        socket.Abort();
    }

    /// <summary>Runs until either side ends.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var sending = SendAsync(cancellationToken);
        try
        {
            await ReceiveAsync(cancellationToken);
        }
        catch (Exception fault) when (fault is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            socket.Abort();
        }
        finally
        {
            outbox.Writer.TryComplete();
            await sending;
        }
    }

    private async Task SendAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var (type, bytes) in outbox.Reader.ReadAllAsync(cancellationToken))
            {
                await socket.SendAsync(bytes, type, endOfMessage: true, cancellationToken);
            }
        }
        catch (Exception fault) when (fault is WebSocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            socket.Abort();
        }
    }

    private async Task ReceiveAsync(CancellationToken cancellationToken)
    {
        var buffer = new byte[16 * 1024];
        using var message = new MemoryStream();
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(), cancellationToken);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, cancellationToken);
                return;
            }

            message.Write(buffer, 0, part.Count);
            if (part.EndOfMessage)
            {
                Read(message.ToArray(), part.MessageType);
                message.SetLength(0);
            }
        }
    }

    private void Read(byte[] message, WebSocketMessageType type)
    {
        try
        {
            if (type == WebSocketMessageType.Text && JsonNode.Parse(message)?["type"].Text() == "feature_flags")
            {
                Send("feature_flags", ComfyFeatures.Write());
            }
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // The server ignores what it does not understand.
        }
    }
}
