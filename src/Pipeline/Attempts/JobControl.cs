namespace PodEngine.Pipeline.Attempts;

/// <summary>
/// The line from a worker to one running attempt. The worker's heartbeat and shutdown write it, the pipeline reads it. All calls are safe from any
/// thread and harmless when repeated.
/// <para>Two kinds of request exist. A <em>stop</em> (<see cref="Stop"/>) reaches the attempt at once through <see cref="Stopping"/>. A <em>pause</em>
/// (<see cref="Suspend"/>, <see cref="Drain"/>) is read between steps: the running step is finished first.</para>
/// <para>In between lies doubt: while the store cannot be reached the lease may have passed to a successor, so no new side effect may start until
/// <see cref="Renewed"/> says that it has not.</para>
/// </summary>
public sealed class JobControl : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _gate = new();
    private TaskCompletionSource _sure = Completed();
    private volatile bool _suspendRequested;
    private volatile bool _drainRequested;
    private int _reason;
    private bool _disposed;

    /// <summary>A line on which nothing was said yet.</summary>
    public JobControl() => Stopping = _stopping.Token;

    /// <summary>Cancelled by the first <see cref="Stop"/>.</summary>
    public CancellationToken Stopping { get; }

    /// <summary>The first reason given to <see cref="Stop"/>; <see cref="StopReason.None"/> before.</summary>
    public StopReason Reason => (StopReason)Volatile.Read(ref _reason);

    /// <summary>True once the user asked to pause the job.</summary>
    public bool SuspendRequested => _suspendRequested;

    /// <summary>True once the worker stops: finish the step, then hand the job back.</summary>
    public bool DrainRequested => _drainRequested;

    /// <summary>True while it is uncertain whether the lease still holds.</summary>
    public bool InDoubt
    {
        get
        {
            lock (_gate)
            {
                return !_sure.Task.IsCompleted;
            }
        }
    }

    /// <summary>Stops the attempt at once.</summary>
    public void Stop(StopReason reason)
    {
        if (reason == StopReason.None || Interlocked.CompareExchange(ref _reason, (int)reason, (int)StopReason.None) != (int)StopReason.None)
        {
            return;
        }

        lock (_gate)
        {
            if (!_disposed)
            {
                // Not on the caller's thread: a heartbeat must not run what hangs on the token.
                _ = _stopping.CancelAsync();
            }
        }
    }

    /// <summary>Pauses the job after its current step.</summary>
    public void Suspend() => _suspendRequested = true;

    /// <summary>Hands the job back after its current step.</summary>
    public void Drain() => _drainRequested = true;

    /// <summary>The lease could not be renewed: start no new side effect.</summary>
    public void Doubt()
    {
        lock (_gate)
        {
            if (_sure.Task.IsCompleted)
            {
                _sure = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }

    /// <summary>The lease was renewed: go on.</summary>
    public void Renewed()
    {
        lock (_gate)
        {
            _sure.TrySetResult();
        }
    }

    /// <summary>Returns once the lease is known to hold; at once outside doubt.</summary>
    public Task WaitUntilSureAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return _sure.Task.WaitAsync(cancellationToken);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _stopping.Dispose();
        }
    }

    private static TaskCompletionSource Completed()
    {
        var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        source.SetResult();
        return source;
    }
}
