using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using PodEngine.Kit.Faults;

namespace PodEngine.Kit.Tests.Faults;

public sealed class FaultProxyTests : IAsyncLifetime
{
    private static readonly TimeSpan _moment = TimeSpan.FromMilliseconds(150);

    private readonly EchoServer _server = new();
    private FaultProxy _proxy = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        _proxy = FaultProxy.Start("127.0.0.1", _server.Port);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _proxy.DisposeAsync();
        _server.Dispose();
    }

    [Fact]
    public async Task Without_faults_everything_passes_through()
    {
        using var client = await ConnectAsync();
        Assert.Equal("hello", await SayAsync(client, "hello"));
        client.Socket.Shutdown(SocketShutdown.Send);
        Assert.Equal("bye", await HearAsync(client));
        Assert.Equal("", await HearAsync(client));
        Assert.Equal(1, _proxy.Accepted);
        await Eventually.Holds(() => _proxy.Open == 0, because: "the proxy forgets a connection that ended");
    }

    [Fact]
    public async Task A_megabyte_arrives_whole_and_in_order_through_a_delay()
    {
        _proxy.DelayToServer = _proxy.DelayToClient = TimeSpan.FromMilliseconds(20);
        using var client = await ConnectAsync();
        var sent = new byte[1_000_000];
        Random.Shared.NextBytes(sent);
        var writing = client.WriteAsync(sent, Cancellation);
        var received = new byte[sent.Length];
        await client.ReadExactlyAsync(received, Cancellation);
        await writing;
        Assert.Equal(sent, received);
    }

    [Fact]
    public async Task A_cut_connection_is_reset_and_a_new_one_works()
    {
        using var client = await ConnectAsync();
        await SayAsync(client, "hello");
        _proxy.CutAll();
        var fault = await Assert.ThrowsAsync<IOException>(() => HearAsync(client));
        Assert.Equal(SocketError.ConnectionReset, ((SocketException)fault.InnerException!).SocketErrorCode);
        using var next = await ConnectAsync();
        Assert.Equal("again", await SayAsync(next, "again"));
    }

    [Fact]
    public async Task New_connections_are_refused_until_resumed_while_open_ones_go_on()
    {
        using var client = await ConnectAsync();
        await SayAsync(client, "hello");
        _proxy.RefuseNew();
        var refused = await Assert.ThrowsAsync<SocketException>(ConnectAsync);
        Assert.Equal(SocketError.ConnectionRefused, refused.SocketErrorCode);
        Assert.Equal("still here", await SayAsync(client, "still here"));
        _proxy.Resume();
        using var next = await ConnectAsync();
        Assert.Equal("again", await SayAsync(next, "again"));
    }

    [Fact]
    public async Task A_delay_holds_back_each_direction()
    {
        using var client = await ConnectAsync();
        await SayAsync(client, "hello");
        _proxy.DelayToServer = _moment;
        _proxy.DelayToClient = _moment;
        var watch = Stopwatch.StartNew();
        await SayAsync(client, "slow");
        Assert.InRange(watch.Elapsed, _moment * 2, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_stall_keeps_connections_open_and_delivers_once_it_ends()
    {
        using var client = await ConnectAsync();
        await SayAsync(client, "hello");
        _proxy.Stall();
        await client.WriteAsync("held"u8.ToArray(), Cancellation);
        var answer = HearAsync(client);
        await Task.WhenAny(answer, Task.Delay(_moment, TimeProvider.System, Cancellation));
        Assert.False(answer.IsCompleted);
        Assert.Equal(1, _proxy.Open);
        _proxy.Resume();
        Assert.Equal("held", await answer);
    }

    [Fact]
    public async Task A_client_whose_stream_was_half_closed_sees_its_end()
    {
        using var client = await ConnectAsync();
        await SayAsync(client, "hello");
        _proxy.HalfCloseTowardsClients();
        Assert.Equal("", await HearAsync(client));
        Assert.Equal(1, _proxy.Open);
        await client.WriteAsync("still forwarded"u8.ToArray(), Cancellation);
    }

    [Fact]
    public async Task A_server_whose_stream_was_half_closed_still_answers()
    {
        using var client = await ConnectAsync();
        await SayAsync(client, "hello");
        _proxy.HalfCloseTowardsServer();
        Assert.Equal("bye", await HearAsync(client));
    }

    private static async Task<string> SayAsync(NetworkStream client, string words)
    {
        await client.WriteAsync(Encoding.ASCII.GetBytes(words), Cancellation);
        return await HearAsync(client);
    }

    private static async Task<string> HearAsync(NetworkStream client)
    {
        var buffer = new byte[1024];
        var count = await client.ReadAsync(buffer, Cancellation).AsTask().WaitAsync(TimeSpan.FromSeconds(10), Cancellation);
        return Encoding.ASCII.GetString(buffer, 0, count);
    }

    private async Task<NetworkStream> ConnectAsync()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, _proxy.Port, Cancellation);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
