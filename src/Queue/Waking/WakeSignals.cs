using System.Collections.Concurrent;

namespace PodEngine.Queue.Waking;

/// <summary>
/// Wakes those of this process who wait for a topic. A wake is remembered once, so that work which arrives between an empty claim and the wait is not
/// slept over.
/// </summary>
internal sealed class WakeSignals(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Signal> _signals = new(StringComparer.Ordinal);

    public void Wake(string topic) => _signals.GetOrAdd(topic, _ => new Signal()).Set();

    /// <summary>For when wakes may have been missed, as after a reconnect.</summary>
    public void WakeAll()
    {
        foreach (var signal in _signals.Values)
        {
            signal.Set();
        }
    }

    /// <summary>True when woken, false when the time has passed.</summary>
    public async Task<bool> WaitAsync(string topic, TimeSpan atMost, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var woken = _signals.GetOrAdd(topic, _ => new Signal()).Next();
        if (atMost <= TimeSpan.Zero || woken.IsCompleted)
        {
            return woken.IsCompleted;
        }

        try
        {
            await woken.WaitAsync(atMost, time, cancellationToken);
            return true;
        }
        catch (TimeoutException)
        {
            // The wait is only ever shortened by a wake: running out is the ordinary case.
            return false;
        }
    }

    private sealed class Signal
    {
        private readonly Lock _lock = new();
        private TaskCompletionSource? _waiters;
        private bool _remembered;

        public void Set()
        {
            TaskCompletionSource? waiters;
            lock (_lock)
            {
                (waiters, _waiters) = (_waiters, null);
                _remembered = true;
            }

            waiters?.TrySetResult();
        }

        public Task Next()
        {
            lock (_lock)
            {
                if (_remembered)
                {
                    _remembered = false;
                    return Task.CompletedTask;
                }

                _waiters ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                return _waiters.Task;
            }
        }
    }
}
