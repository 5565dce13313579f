using System.Diagnostics;
using System.Net.Sockets;
using System.Threading.Channels;

namespace PodEngine.Kit.Faults;

/// <summary>One client's connection and the one made for it. Each direction is a reader and a writer with a short queue of chunks between them.</summary>
internal sealed class ProxiedConnection(Socket client, FaultKnobs knobs) : IDisposable
{
    private readonly Socket _server = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly CancellationTokenSource _cut = new();
    private readonly CancellationTokenSource _clientSeesEnd = new();
    private readonly CancellationTokenSource _serverSeesEnd = new();

    public Task Ended { get; private set; } = Task.CompletedTask;

    public void Begin(string host, int port, Action<ProxiedConnection> ended) => Ended = RunAsync(host, port, ended);

    /// <summary>Both sides get RST instead of FIN.</summary>
    public void Cut()
    {
        foreach (var socket in (ReadOnlySpan<Socket>)[client, _server])
        {
            try
            {
                socket.LingerState = new LingerOption(true, 0);
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                // Already gone.
            }
        }

        _cut.Cancel();
    }

    public void HalfCloseTowardsClient() => _clientSeesEnd.Cancel();

    public void HalfCloseTowardsServer() => _serverSeesEnd.Cancel();

    private async Task RunAsync(string host, int port, Action<ProxiedConnection> ended)
    {
        await Task.Yield();
        client.NoDelay = true;
        try
        {
            await knobs.WhileStalled().WaitAsync(_cut.Token);
            await _server.ConnectAsync(host, port, _cut.Token);
            await Task.WhenAll(
                ForwardAsync(client, _server, () => knobs.ToServer, _serverSeesEnd.Token),
                ForwardAsync(_server, client, () => knobs.ToClient, _clientSeesEnd.Token));
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The end of this connection is what both sides must see; it is nobody's error here.
            Cut();
        }
        finally
        {
            ended(this);
            Dispose();
        }
    }

    /// <summary>Closes the sockets; the tokens' sources hold nothing unmanaged and may still be cancelled by a late knob.</summary>
    public void Dispose()
    {
        client.Dispose();
        _server.Dispose();
    }

    private async Task ForwardAsync(Socket from, Socket to, Func<TimeSpan> delay, CancellationToken seesEnd)
    {
        var chunks = Channel.CreateBounded<(byte[] Bytes, long Arrived)>(64);
        try
        {
            await Task.WhenAll(ReadAsync(from, chunks.Writer), WriteAsync(chunks.Reader, to, delay, seesEnd));
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // One side broke: so does the other.
            Cut();
            throw;
        }
    }

    private async Task ReadAsync(Socket from, ChannelWriter<(byte[] Bytes, long Arrived)> chunks)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer, _cut.Token) is > 0 and var count)
            {
                await chunks.WriteAsync((buffer[..count], Stopwatch.GetTimestamp()), _cut.Token);
            }
        }
        finally
        {
            chunks.Complete();
        }
    }

    private async Task WriteAsync(ChannelReader<(byte[] Bytes, long Arrived)> chunks, Socket to, Func<TimeSpan> delay, CancellationToken seesEnd)
    {
        var ended = false;
        using var wake = CancellationTokenSource.CreateLinkedTokenSource(_cut.Token, seesEnd);
        while (true)
        {
            try
            {
                if (!await chunks.WaitToReadAsync(ended ? _cut.Token : wake.Token))
                {
                    break;
                }
            }
            catch (OperationCanceledException) when (!_cut.IsCancellationRequested && !ended)
            {
                ended = true;
                to.Shutdown(SocketShutdown.Send);
                continue;
            }

            while (chunks.TryRead(out var chunk))
            {
                await HoldAsync(chunk.Arrived, delay);
                // After a half-close what still arrives has nowhere to go.
                for (var sent = 0; !ended && sent < chunk.Bytes.Length;)
                {
                    sent += await to.SendAsync(chunk.Bytes.AsMemory(sent), _cut.Token);
                }
            }
        }

        if (!ended)
        {
            await knobs.WhileStalled().WaitAsync(_cut.Token);
            to.Shutdown(SocketShutdown.Send);
        }
    }

    private async Task HoldAsync(long arrived, Func<TimeSpan> delay)
    {
        await knobs.WhileStalled().WaitAsync(_cut.Token);
        var left = delay() - Stopwatch.GetElapsedTime(arrived);
        if (left > TimeSpan.Zero)
        {
            await Task.Delay(left, TimeProvider.System, _cut.Token);
        }
    }
}
