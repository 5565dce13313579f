using Microsoft.Extensions.Logging;
using Npgsql;
using PodEngine.Queue.Postgres.Connecting;
using PodEngine.Queue.Waking;

namespace PodEngine.Queue.Postgres.Notifying;

/// <summary>
/// The process's one listening connection. It counts as live only after a notification of its own came back through it: behind a transaction-mode
/// pooler LISTEN is accepted and nothing ever arrives. While it is not live, waiting falls back to polling.
/// </summary>
internal sealed class WakeListener : IAsyncDisposable
{
    private const string Probe = "probe:";

    private static readonly TimeSpan ProbeAnswer = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly PostgresStore _store;
    private readonly WakeSignals _signals;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _listening;
    private volatile bool _live;

    public WakeListener(PostgresStore store, WakeSignals signals, ILogger logger)
    {
        _store = store;
        _signals = signals;
        _logger = logger;
        _listening = store.ListenAddress is { } address ? ListenForeverAsync(address) : Task.CompletedTask;
    }

    /// <summary>True while notifications arrive.</summary>
    public bool IsLive => _live;

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _listening;
        _stopping.Dispose();
    }

    private async Task ListenForeverAsync(string address)
    {
        var pause = ShortestPause;
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(address);
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault) when (PostgresFaults.IsDatabase(fault) || fault is OperationCanceledException)
            {
                _logger.NotListening(_store.Server, fault.Message);
            }

            pause = _live ? ShortestPause : pause * 2 > LongestPause ? LongestPause : pause * 2;
            _live = false;
            _signals.WakeAll();
            await Task.Delay(pause * (1 + Lifecycle.Jitter.Next()), TimeProvider.System, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ListenAsync(string address)
    {
        await using var connection = new NpgsqlConnection(address);
        await connection.OpenAsync(_stopping.Token);
        var nonce = $"{Probe}{Guid.NewGuid():N}";
        var heard = false;
        connection.Notification += (_, notification) =>
        {
            heard |= notification.Payload == nonce;
            if (!notification.Payload.StartsWith(Probe, StringComparison.Ordinal))
            {
                _signals.Wake(notification.Payload);
            }
        };

        var channel = WakeChannel.Of(_store.Schema);
        await using (var listen = connection.Command($"listen \"{channel.Replace("\"", "\"\"", StringComparison.Ordinal)}\""))
        {
            await listen.ExecuteNonQueryAsync(_stopping.Token);
        }

        await ProbeAsync(connection, channel, nonce, () => heard);
        _live = true;
        _signals.WakeAll();
        while (true)
        {
            await connection.WaitAsync(_stopping.Token);
        }
    }

    /// <summary>Sends a notification through the pool and waits for it to come back.</summary>
    private async Task ProbeAsync(NpgsqlConnection connection, string channel, string nonce, Func<bool> heard)
    {
        await _store.TransactAsync(
            async (sender, cancellationToken) =>
            {
                await using var notify = sender.Command("select pg_notify(@channel, @nonce)", ("channel", channel), ("nonce", nonce));
                return await notify.ExecuteNonQueryAsync(cancellationToken);
            },
            _stopping.Token);
        using var deadline = new CancellationTokenSource(ProbeAnswer, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, _stopping.Token);
        try
        {
            while (!heard())
            {
                await connection.WaitAsync(either.Token);
            }
        }
        catch (OperationCanceledException) when (!_stopping.IsCancellationRequested)
        {
            throw new TimeoutException("notifications do not arrive; a transaction-mode pooler may be in between, set DATABASE_LISTEN_URL to a direct address");
        }
    }
}
