namespace PodEngine.Worker.Running;

/// <summary>A wake for one waiter, remembered once when nobody waits.</summary>
internal sealed class WakeSignal
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Set()
    {
        lock (_gate)
        {
            _next.TrySetResult();
        }
    }

    /// <summary>Returns once set, and forgets it.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        await Next.WaitAsync(cancellationToken);
        Reset();
    }

    /// <summary>Returns once set, or after a time.</summary>
    public async Task WaitAsync(TimeSpan atMost, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            await Next.WaitAsync(atMost, time, cancellationToken);
            Reset();
        }
        catch (TimeoutException)
        {
            // Nobody called.
        }
    }

    private Task Next
    {
        get
        {
            lock (_gate)
            {
                return _next.Task;
            }
        }
    }

    private void Reset()
    {
        lock (_gate)
        {
            _next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
