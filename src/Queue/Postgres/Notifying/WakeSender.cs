using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using PodEngine.Queue.Postgres.Connecting;

namespace PodEngine.Queue.Postgres.Notifying;

/// <summary>
/// Tells other processes what there may be to do: NOTIFY in a transaction of its own, because inside the inserting one it would take a database-wide
/// lock across the commit, and at most once per <see cref="Gap"/>, all topics of the time between in one statement. Losing one is harmless.
/// </summary>
internal sealed class WakeSender : IAsyncDisposable
{
    private static readonly TimeSpan Gap = TimeSpan.FromMilliseconds(5);

    private readonly Channel<string> _topics = Channel.CreateBounded<string>(
        new BoundedChannelOptions(10_000) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    private readonly PostgresStore _store;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _abandoning = new();
    private readonly Task _sending;

    public WakeSender(PostgresStore store, ILogger logger)
    {
        _store = store;
        _logger = logger;
        _sending = SendAllAsync();
    }

    public void Send(string topic) => _topics.Writer.TryWrite(topic);

    /// <summary>Sends what is left, if that is possible at once, then ends.</summary>
    public async ValueTask DisposeAsync()
    {
        _topics.Writer.TryComplete();
        _abandoning.CancelAfter(Farewell);
        await _sending;
        _abandoning.Dispose();
    }

    private async Task SendAllAsync()
    {
        while (await _topics.Reader.WaitToReadAsync())
        {
            var topics = new HashSet<string>(StringComparer.Ordinal);
            while (_topics.Reader.TryRead(out var topic))
            {
                topics.Add(topic);
            }

            await SendAsync([.. topics]);
            await Task.Delay(Gap, TimeProvider.System);
        }
    }

    private async Task SendAsync(string[] topics)
    {
        try
        {
            await _store.ExecuteAsync(
                async (connection, cancellationToken) =>
                {
                    // Nothing is lost with a wake-up: its commit waits for no disk.
                    await using var batch = connection.CreateBatch();
                    batch.Add("select set_config('synchronous_commit', 'off', true)");
                    batch.Add(
                        "select pg_notify(@channel, topic) from unnest(@topics) as topic",
                        ("channel", WakeChannel.Of(_store.Schema)),
                        ("topics", topics));
                    return await batch.ExecuteNonQueryAsync(cancellationToken);
                },
                _abandoning.Token);
        }
        catch (Exception fault) when (fault is QueueUnavailableException or OperationCanceledException)
        {
            _logger.WakeNotSent(fault.Message);
        }
    }
}
